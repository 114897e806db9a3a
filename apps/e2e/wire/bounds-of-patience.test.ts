import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticated, encrypted, RawClient, type RawReply, type Scenario, scenario, submit } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

test.each<[string, (number: number) => string]>([
  ['unknown commands', (number) => `BAD${number}`],
  ['commands out of order', () => 'DATA'],
  ['malformed commands', () => 'MAIL FROM:'],
])('300 %s end in 421 long before the last', async (_, line) => {
  using client = await encrypted(world.gateway.ports.submission);
  await client.write(Array.from({ length: 300 }, (_each, number) => `${line(number)}\r\n`).join(''));
  await endsWith421(client, 25);
});

test.each(['NOOP', 'RSET', 'VRFY a', 'HELP', 'EHLO a.example'])('1,000 times %s ends in 421', async (line) => {
  using client = await authenticated(world);
  await client.write(`${line}\r\n`.repeat(1_000));
  await endsWith421(client, 120);
});

test('of 3,000 recipients the first thousand are taken, and for the others comes 452', async () => {
  using client = await authenticated(world);
  await client.ask('MAIL FROM:<app@lab.example>');
  await client.write(
    Array.from({ length: 3_000 }, (_, number) => `RCPT TO:<r${number}@receiver.example>\r\n`).join(''),
  );
  const replies: RawReply[] = [];
  while (replies.length < 3_000) replies.push(await client.read());
  expect(replies.filter(({ code }) => code === 250)).toHaveLength(1_000);
  expect(replies.filter(({ text }) => text.startsWith('452 4.5.3 '))).toHaveLength(2_000);
  expect(await client.code('RSET')).toBe(250);
});

test('a client that talks before the greeting is sent away, or was just late enough to be heard', async () => {
  using client = await RawClient.connect(world.gateway.ports.submission);
  await client.write('EHLO early.lab.example\r\nQUIT\r\n');
  const replies = await client.rest();
  expect(['554', '220,250,221']).toContain(replies.map(({ code }) => code).join());
});

test('a client that speaks TLS or HTTP where SMTP begins in clear, or SMTP in clear where TLS begins, is sent away', async () => {
  for (const octets of ['GET / HTTP/1.1\r\nHost: a\r\n\r\n', '\x16\x03\x01\x02\x00\x01']) {
    using client = await RawClient.connect(world.gateway.ports.submission);
    await client.write(Buffer.from(octets, 'latin1'));
    const replies = await client.rest();
    expect(replies.filter(({ code }) => code !== 220 && code < 500)).toEqual([]);
  }
  using clear = await RawClient.connect(world.gateway.ports.submissions);
  await clear.write('EHLO clear.lab.example\r\n');
  expect(await clear.rest()).toEqual([]);
});

test('while 500 connections do nothing, others submit', async () => {
  const idle = await Promise.all(
    Array.from({ length: 500 }, (_, number) =>
      RawClient.connect(world.gateway.ports.submission, { from: `127.0.0.${30 + (number % 5)}` }),
    ),
  );
  try {
    const replies = await Promise.all(Array.from({ length: 10 }, () => submit(world)));
    expect(replies.map(({ reply }) => reply.slice(0, 3))).toEqual(replies.map(() => '250'));
  } finally {
    for (const client of idle) client.destroy();
  }
});

test.each([
  ['escape sequences', '\x1b[31mred\x1b[0m'],
  ['line ends', 'a\r\n{"level":60,"msg":"forged"}'],
  ['formats', '%s%s%n%d'],
  ['JSON', '","msg":"forged"}'],
  ['markup', '<script>alert(1)</script>'],
])('a client name with %s forges nothing in the log or in the Received field', async (_, name) => {
  using client = await RawClient.connect(world.gateway.ports.submission);
  await client.read();
  await client.write(`EHLO ${name}\r\nBAD\r\nQUIT\r\n`);
  await client.rest();
  const lines = world.gateway.log.split('\n').slice(1, -1);
  expect(lines.filter((line) => !isEvent(line))).toEqual([]);
});

async function endsWith421(client: RawClient, most: number): Promise<void> {
  const replies = await client.rest();
  expect(replies.at(-1)?.code).toBe(421);
  expect(replies.length).toBeLessThanOrEqual(most);
}

/** Whether a line of the log is one event, with nothing in it that a terminal would obey. */
function isEvent(line: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\0-\x1f\x7f]/.test(line)) return false;
  const event: unknown = JSON.parse(line);
  return typeof event === 'object' && event !== null && Reflect.get(event, 'msg') !== 'forged';
}
