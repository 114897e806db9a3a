import { expect, test } from 'vitest';
import { logger, type LogLevel } from './index.ts';

test('a line has the event, its facts, the service and the time', () => {
  const { log, lines } = logging();
  log.info({ messageId: '1', reply: { code: 250 } }, 'attempt delivered');
  expect(lines()).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'delivery',
      pid: process.pid,
      messageId: '1',
      reply: { code: 250 },
      msg: 'attempt delivered',
    },
  ]);
});

test.each([
  ['a field with the name of a secret', { password: 'hunter2', nested: { sessionToken: 'hunter2' } }],
  ['a header', { headers: { Authorization: 'Bearer hunter2', 'set-cookie': ['hunter2'] } }],
  ['a URL with a password', { databaseUrl: 'postgresql://postern:hunter2@db:5432/postern' }],
  ['an error that quotes a URL', { error: new Error('cannot reach redis://:hunter2@cache:6379') }],
  ['the cause of an error', { error: new Error('failed', { cause: { secret: 'hunter2' } }) }],
  ['a list', { tried: [{ api_key: 'hunter2' }] }],
])('%s does not get into the log', (_, facts) => {
  const { log, text } = logging();
  log.error(facts, 'something');
  log.child(facts).info({}, 'something else');
  expect(text()).not.toContain('hunter2');
  expect(text()).toContain('[redacted]');
});

test('what a client sends stays one line of bounded length', () => {
  const { log, text } = logging();
  log.warn({ clientName: `\u001b[2J\r\n{"level":"error"}${'x'.repeat(1e6)}` }, 'EHLO refused\nlevel=error');
  expect(text().trimEnd().split('\n')).toHaveLength(1);
  expect(text().length).toBeLessThan(5_000);
  expect(text()).not.toContain('\u001b');
});

test('octets, dates, big numbers and circles can be logged', () => {
  const { log, lines } = logging();
  const circle: Record<string, unknown> = { octets: Buffer.alloc(5), at: new Date(0), count: 2n ** 64n };
  circle['again'] = circle;
  log.info(circle, 'odd');
  expect(lines()[0]).toMatchObject({
    octets: '[5 octets]',
    at: '1970-01-01T00:00:00.000Z',
    count: '18446744073709551616',
  });
});

test('an error keeps its name, message, code and cause', () => {
  const { log, lines } = logging();
  const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  log.error({ err: new TypeError('failed', { cause }) }, 'it failed');
  expect(lines()[0]).toMatchObject({
    err: { name: 'TypeError', message: 'failed', cause: { message: 'refused', code: 'ECONNREFUSED' } },
  });
});

test('lines below the level are left out', () => {
  const { log, lines } = logging('warn');
  log.info({}, 'a');
  log.child({ b: 1 }).warn({}, 'b');
  expect(lines()).toMatchObject([{ msg: 'b', b: 1 }]);
});

function logging(level: LogLevel = 'info') {
  let written = '';
  const log = logger({ service: 'delivery', level, to: { write: (line) => void (written += line) } });
  const lines = (): unknown[] =>
    written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { log, lines, text: () => written };
}
