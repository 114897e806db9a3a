/**
 * How many messages a listener takes per second with a policy that accepts everything, beside smtp-sink in the same run:
 * `node libs/adapters/smtp-socket/bench/listener.mjs [messages] [sessions]`. Needs postfix's smtp-source and smtp-sink, and a build.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const [messages = '20000', sessions = '20'] = process.argv.slice(2);
const SELF = fileURLToPath(import.meta.url);

if (process.env.LISTENER_CHILD) await serve();
else await compare();

async function compare() {
  const sink = await freePort();
  const peers = [
    [
      'smtp-sink',
      sink,
      spawn('/usr/sbin/smtp-sink', ['-u', 'nobody', `127.0.0.1:${sink}`, '1024'], { stdio: 'ignore' }),
    ],
  ];
  const child = spawn(process.execPath, [SELF], {
    env: { ...process.env, LISTENER_CHILD: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve) => child.stdout.once('data', (line) => resolve(Number(line))));
  peers.push(['postern', port, child]);
  try {
    for (let round = 1; round <= 2; round++) {
      for (const [mode, flags] of [
        ['new connection per message', []],
        ['connection reused', ['-d']],
      ]) {
        for (const [name, at] of peers) console.log(`${name.padEnd(10)} ${mode.padEnd(27)} ${measure(at, flags)}/s`);
      }
    }
  } finally {
    for (const [, , process_] of peers) process_.kill();
  }
}

function measure(port, flags) {
  const started = performance.now();
  const args = ['-s', sessions, '-m', messages, '-l', '10240', '-f', 'a@b.example', '-t', 'c@d.example', ...flags];
  const { status, stderr } = spawnSync('/usr/sbin/smtp-source', [...args, `127.0.0.1:${port}`]);
  if (status !== 0) throw new Error(`smtp-source: ${stderr}`);
  return Math.round((Number(messages) * 1000) / (performance.now() - started));
}

async function serve() {
  const { listenSmtp } = await import('../dist/index.js');
  const silent = { debug() {}, info() {}, warn: console.error, error: console.error };
  const accepted = { kind: 'accepted' };
  const ok = { code: 250, enhanced: '2.0.0', lines: ['OK'] };
  const sink = { write() {}, end: () => Promise.resolve(ok), abort() {} };
  const listener = await listenSmtp({
    kind: 'relay',
    host: '127.0.0.1',
    port: 0,
    secureContext: undefined,
    hostname: 'bench.example',
    log: silent,
    policy: {
      connected: () => accepted,
      authenticate: () => accepted,
      mail: () => accepted,
      rcpt: () => accepted,
      content: () => ({ kind: 'accepted', sink }),
      closed() {},
    },
  });
  console.log(listener.address.port);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
