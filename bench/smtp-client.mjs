/**
 * How fast our SMTP client is: messages/s to Postfix's smtp-sink over reused, pipelined connections, beside a bare client
 * that does nothing but the same octets. The ratio is the price of our state machine; the figures depend on the machine.
 */
import { connect } from 'node:net';
import { once } from 'node:events';
import { parseArgs } from 'node:util';

const DEFAULTS = { messages: '60000', connections: '20', depth: '3', octets: '10240', rounds: '3' };

export async function main(parameters) {
  const { values } = parseArgs({
    args: parameters,
    options: {
      ...Object.fromEntries(
        Object.entries(DEFAULTS).map(([name, value]) => [name, { type: 'string', default: value }]),
      ),
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(
      `npm run bench -- smtp-client [options]\n\n${Object.entries(DEFAULTS)
        .map(([name, value]) => `  --${name} ${value}`)
        .join('\n')}`,
    );
    return 0;
  }
  const [messages, connections, depth, octets, rounds] = Object.keys(DEFAULTS).map((name) => Number(values[name]));
  const { createDialer } = await import('../libs/adapters/smtp-socket/dist/index.js');
  const { smtpSink } = await import('../libs/testing/lab/dist/index.js');
  await using sink = await smtpSink();
  const content = message(octets);
  const load = { sink, content, messages, connections, depth };
  console.log(`${messages} messages of ${octets} octets, ${connections} connections, up to ${depth} handed in on each`);
  const figures = { bare: [], ours: [] };
  for (let round = 0; round < rounds; round += 1) {
    figures.bare.push(await measured('bare client', load, (each) => bare(each)));
    figures.ours.push(
      await measured('our client ', load, (each) => ours(each, createDialer({ localName: 'bench.example.org' }))),
    );
  }
  const [best, mine] = [figures.bare, figures.ours].map((each) => Math.max(...each));
  console.log(`best of ${rounds}: bare ${best}/s, ours ${mine}/s: ${Math.round((100 * mine) / best)} %`);
  return 0;
}

async function measured(name, load, work) {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work(load);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const rate = Math.round(load.messages / seconds);
  console.log(
    `${name} ${String(rate).padStart(6)}/s  ${((user + system) / load.messages).toFixed(0)} µs of CPU a message`,
  );
  return rate;
}

async function ours({ sink, content, messages, connections, depth }, dialer) {
  const head = content.subarray(0, 200);
  const octets = content.subarray(200);
  let left = messages;
  const lane = async (connection) => {
    while (left > 0) {
      left -= 1;
      const { recipients } = await connection.transact({
        reversePath: 'sender@example.org',
        recipients: ['recipient@example.com'],
        sizeOctets: content.length,
        body: '7BIT',
        smtpUtf8: false,
        content: { head, octets },
        beforeContent: () => true,
      });
      if (recipients[0]?.kind !== 'accepted') throw new Error(JSON.stringify(recipients));
    }
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const end = await dialer.dial({
        host: 'sink.example',
        address: sink.address,
        port: sink.port,
        demand: { kind: 'opportunistic' },
      });
      if (end.kind === 'refused') throw new Error(end.refusal.fault.reason);
      await Promise.all(Array.from({ length: depth }, () => lane(end.connection)));
      await end.connection.close();
    }),
  );
}

/** The same octets, each message in one write with the next one's commands, and no look at a reply but to count it. */
async function bare({ sink, content, messages, connections }) {
  const group = 'MAIL FROM:<sender@example.org>\r\nRCPT TO:<recipient@example.com>\r\nDATA\r\n';
  const block = Buffer.concat([content, Buffer.from(`.\r\n${group}`)]);
  let left = messages;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(sink.port, sink.address).setNoDelay(true);
      socket.on('error', (error) => console.error(error));
      await once(socket, 'data');
      socket.write('EHLO bench.example.org\r\n');
      await once(socket, 'data');
      socket.write(group);
      socket.on('data', (octets) => {
        for (let at = octets.indexOf('354'); at !== -1; at = octets.indexOf('354', at + 3)) {
          left -= 1;
          if (left >= 0) socket.write(block);
          else socket.end('.\r\nQUIT\r\n');
        }
      });
      await once(socket, 'close');
    }),
  );
}

function message(octets) {
  const line = `${'x'.repeat(70)}\r\n`;
  const head = 'From: <sender@example.org>\r\nTo: <recipient@example.com>\r\nSubject: bench\r\n\r\n';
  return Buffer.from((head + line.repeat(Math.ceil(octets / line.length))).slice(0, octets - 2) + '\r\n');
}
