import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cliActor, ensureFirstAccount } from '@postern/administration';
import { freePort } from '@postern/lab';
import { endings } from '../endings.mjs';
import { knownSites, measure, startGateway } from '../pace/pace.mjs';
import { smartSink } from '../pace/smart-sink.mjs';
import { makeBacklog } from '../store/backlog.mjs';

const OPTIONS = {
  recipients: { type: 'string', default: '1000000' },
  messages: { type: 'string', default: '1500' },
  rate: { type: 'string', default: '50' },
  help: { type: 'boolean', default: false },
};
const HELP = `npm run bench -- export [options]: from acceptance to the mail host, beside an export of everything

  --recipients N   recipients in the store that is exported (1000000)
  --messages N     messages that are delivered, before and beside the export (1500)
  --rate N         of them each second (50)`;

const ROOT = join(import.meta.dirname, '../..');
const ACCOUNT = { email: 'ada@bench.example', password: 'a password for the bench, long enough' };
const DOMAINS = 200;
/** What else a machine does between two measurements moves a p99 by as much. */
const BOUND = 1.2;
const MOST_MIB = 300;

/** `npm run bench -- export`. Answers the exit code: 1 when the export costs deliveries a fifth of their p99, or a process its bound. */
export async function main(parameters) {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [recipients, messages, rate] = [values.recipients, values.messages, values.rate].map(Number);
  const arrivals = new Map();
  const sink = await smartSink({
    addresses: Array.from({ length: 20 }, (_, index) => `127.0.5.${index + 1}`),
    port: 0,
    rates: { bounce: 0, defer: 0, throttle: 0 },
    arrived: (path) => arrivals.set(path, performance.now()),
  });
  endings.add(() => sink.close());
  const { store, client, env } = await startGateway(sink.port, DOMAINS);
  await makeBacklog(client, recipients);
  await client.query('vacuum analyze');
  await ensureFirstAccount({ store: store.admin, actor: cliActor('bench') }, ACCOUNT);
  const services = await serve(env);
  const about = { messages, rate, store, queueIds: await knownSites(store, DOMAINS), arrivals };
  await measure({ ...about, messages: Math.ceil(messages / 3), name: 'warm' });
  const alone = await measure({ ...about, name: 'alone' });
  const before = new Map(Object.entries(services.pids).map(([name, pid]) => [name, peakMiB(pid)]));
  const exporting = exported(services);
  const beside = await measure({ ...about, name: 'beside' });
  const during = exporting.lines();
  const { lines, seconds } = await exporting.ended;
  console.log(`exported ${lines} lines in ${seconds.toFixed(1)} s, ${during} of them beside the deliveries`);
  const peaks = Object.entries(services.pids).map(([name, pid]) => [name, peakMiB(pid)]);
  for (const [name, mib] of peaks)
    console.log(`${name}: at most ${mib.toFixed(0)} MiB, ${before.get(name).toFixed(0)} before`);
  const ratio = beside.p99 / alone.p99;
  console.log(`p99 beside the export: ${ratio.toFixed(2)} of what it is alone`);
  return ratio <= BOUND && peaks.every(([, mib]) => mib <= MOST_MIB) ? 0 : 1;
}

/** The API and the built console. */
async function serve(env) {
  const [api, front] = await Promise.all([freePort(), freePort()]);
  const pids = {
    api: await started('apps/api/dist/main.js', {
      ...env,
      POSTERN_LISTEN_API: `127.0.0.1:${api}`,
      POSTERN_LOG_LEVEL: 'error',
    }),
    console: await started('apps/console/server.mjs', {
      POSTERN_LISTEN_CONSOLE: `127.0.0.1:${front}`,
      POSTERN_API_URL: `http://127.0.0.1:${api}`,
    }),
  };
  return { url: `http://127.0.0.1:${front}`, pids };
}

async function started(script, env) {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', join(ROOT, script)], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  endings.add(() => child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}; run npm run build first`)));
  });
  return child.pid;
}

/** Signs in at the console and takes the messages as a file, as fast as they come. */
function exported({ url }) {
  let lines = 0;
  const taking = async () => {
    const began = performance.now();
    const headers = { 'content-type': 'application/json' };
    const signedIn = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify(ACCOUNT) });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const answer = await fetch(`${url}/api/v1/messages.csv`, { headers: { cookie } });
    if (answer.status !== 200) throw new Error(`the export was refused: ${answer.status} ${await answer.text()}`);
    for await (const piece of answer.body) for (const octet of piece) if (octet === 0x0a) lines += 1;
    return { lines, seconds: (performance.now() - began) / 1_000 };
  };
  return { ended: taking(), lines: () => lines };
}

/** The most memory that a process has held at one moment (proc(5), VmHWM). */
function peakMiB(pid) {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
