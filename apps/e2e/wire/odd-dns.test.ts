import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fate, fateBy, messageId, type Scenario, scenario, submit } from '../src/index.ts';

/** What the DNS says of a domain's mail hosts, and what becomes of mail for it. */
const CASES = {
  'F03 a mail host whose name is an alias is followed to its address': ['alias.example', 'delivered', undefined],
  'F03 aliases that lead in a circle never hang, and bounce nothing before its time': [
    'loop.example',
    'deferred',
    '4.4.3',
  ],
  'F06 of mail hosts of one preference the living one takes the mail': ['equal.example', 'delivered', undefined],
  'F06 of fifty mail hosts the dead ones are passed over up to a limit, and the mail waits': [
    'many.example',
    'deferred',
    '4.4.1',
  ],
  'F06 of a host with 250 addresses, all dead, so many are tried and no more, and the mail waits': [
    'crowd.example',
    'deferred',
    '4.4.1',
  ],
  'F05 a resolver that refuses defers': ['refused.example', 'deferred', '4.4.3'],
} as const;

const RECORDS = `
  alias.example.      300 IN MX 10 alias-mx.example.
  alias-mx.example.   300 IN CNAME mx.receiver.example.
  loop.example.       300 IN MX 10 ring1.example.
  ring1.example.      300 IN CNAME ring2.example.
  ring2.example.      300 IN CNAME ring1.example.
  equal.example.      300 IN MX 10 dead1.example.
  equal.example.      300 IN MX 10 mx.receiver.example.
  dead1.example.      300 IN A 127.0.7.1
  refused.example.    300 IN MX 10 mx.receiver.example.`;

let world: Scenario;
const fates = new Map<string, Fate>();

beforeAll(async () => {
  world = await scenario();
  const { zone } = world.internet;
  const many = Array.from({ length: 50 }, (_, index) => [
    `many.example. 300 IN MX ${index} many${index}.example.`,
    `many${index}.example. 300 IN A 127.0.7.${index + 10}`,
  ]);
  const crowd = Array.from({ length: 500 }, (_, index) => `crowd-mx.example. 300 IN A 127.0.8.${(index % 250) + 1}`);
  zone.add([RECORDS, ...many.flat(), 'crowd.example. 300 IN MX 5 crowd-mx.example.', ...crowd].join('\n'));
  zone.fault('refused.example', 'refused');
  const ids = await Promise.all(
    Object.entries(CASES).map(
      async ([name, [domain]]) =>
        [name, messageId((await submit(world, undefined, { to: `a@${domain}` })).reply)] as const,
    ),
  );
  await Promise.all(
    ids.map(async ([name, id]) =>
      fates.set(name, await fateBy(world, id, ({ state }) => state !== 'queued' && state !== 'sending')),
    ),
  );
});
afterAll(() => world?.[Symbol.asyncDispose]());

describe('odd DNS', () => {
  test.each(Object.entries(CASES))('%s', (name, [, state, enhanced]) => {
    expect(fates.get(name)).toMatchObject({ state, ...(enhanced ? { enhanced } : {}) });
  });
});
