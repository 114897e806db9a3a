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
  'F12 of thirteen hundred mail hosts in 60 KiB over TCP so many are looked at, and the best one takes the mail': [
    'thousands.example',
    'delivered',
    undefined,
  ],
  'F12 of a host with thousands of addresses so many are tried and no more, and the mail waits': [
    'huge.example',
    'deferred',
    '4.4.1',
  ],
  'F12 a resolver that never answers defers': ['mute.example', 'deferred', '4.4.3'],
  'F12 a resolver that answers an octet at a time, for ever, defers': ['drip.example', 'deferred', '4.4.3'],
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
  const thousands = Array.from({ length: 1_300 }, (_, index) => `thousands.example. 300 IN MX 20 h${index}.example.`);
  zone.add(['thousands.example. 300 IN MX 1 mx.receiver.example.', ...thousands].join('\n'));
  zone.add('huge.example. 300 IN MX 5 huge-mx.example.');
  zone.fault('huge-mx.example', { kind: 'huge', type: 'A' });
  zone.fault('mute.example', 'timeout');
  zone.fault('drip.example', 'drip');
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
