import type { PaceCause } from '@postern/admin-contract';
import { expect, test } from 'vitest';
import type { QueueObstacles } from '../ports/queue-obstacles.ts';
import { keptBack, type QueueFacts } from './kept-back.ts';

const at = '2026-11-22T12:00:00.000Z';
const until = '2026-11-22T13:00:00.000Z';
const said: PaceCause['reply'] = { from: 'remote', code: 421, enhanced: '4.7.0', text: 'Too many connections' };
const manyLines = {
  ...said,
  text: `421-4.7.0 Too many connections\r\n421 4.7.0 ${'from your network '.repeat(20)}`,
};
const deferral = { outcome: 'deferred' as const, class: null, reply: said, attempts: 2, lastAt: at };
const cause: PaceCause = { at, rule: 'too-many-connections', host: 'mx.example', reply: said };
const refused: PaceCause = {
  ...cause,
  reply: { from: 'local', code: 451, enhanced: '4.4.1', text: 'connection refused' },
};

const pace: QueueFacts['pace'] = {
  provider: null,
  lanes: { now: 4, running: 2, least: 1, most: 20, growsAt: null, cause: null },
  rate: { perMinute: null, least: 6, most: null, liftedAt: null, cause: null },
  rest: null,
  unanswered: 0,
  changes: [],
};
/** A queue in which ten wait that lanes are at. */
const queue: QueueFacts = {
  id: 2,
  kind: 'site',
  name: 'mx.example',
  counts: { queued: 10, sending: 0, deferred: 0, held: 0 },
  oldestAcceptedAt: at,
  nextDueAt: at,
  suspended: null,
  lastAttempt: null,
  sends: { running: 2, lanes: 4, mostLanes: 20, perMinute: null, restUntil: null },
  pace,
  domains: [],
  replies: [],
};
const none: QueueObstacles = {
  due: 10,
  suspensions: [],
  restingSenders: [],
  pools: [],
  guarded: [],
  lanesEverywhere: 7,
  deliverySeenAt: at,
  now: at,
};
const by = { by: 'op@example.org', reason: 'asked to' };
const source = { name: 'out1', missing: [], restsUntil: null, dayUsedUp: null };

test('of a queue whose lanes are at its mail nothing is told', () => {
  expect(keptBack(queue, none)).toEqual([]);
  const empty = { ...queue, counts: { ...queue.counts, queued: 0 } };
  expect(keptBack(empty, { ...none, due: 0 })).toEqual([]);
});

test.each<[string, Partial<QueueFacts>, Partial<QueueObstacles>, string, string, string | null]>([
  [
    'a stop of everything',
    {},
    { suspensions: [{ scope: 'all', name: '', until, recipients: null, ...by }] },
    'everything suspended',
    'All mail is suspended by op@example.org: asked to',
    until,
  ],
  [
    'a suspended queue',
    { suspended: { at, until, ...by } },
    {},
    'queue suspended',
    'This queue is suspended by op@example.org: asked to',
    until,
  ],
  [
    'a suspended credential',
    {},
    { suspensions: [{ scope: 'credential', name: 'app1', until: null, recipients: 3, ...by }] },
    'mail suspended',
    'Mail of the credential app1 is suspended by op@example.org: asked to',
    null,
  ],
  [
    'a suspended sender',
    {},
    { suspensions: [{ scope: 'sender', name: '@a.example', until, recipients: 3, ...by }] },
    'mail suspended',
    'Mail of the sender @a.example is suspended by op@example.org: asked to',
    until,
  ],
  [
    'a suspended domain',
    {},
    { suspensions: [{ scope: 'domain', name: 'b.example', until, recipients: 3, ...by, reason: null }] },
    'mail suspended',
    'Mail to the domain b.example is suspended by op@example.org',
    until,
  ],
  ['held mail', { counts: { ...queue.counts, held: 4 } }, {}, 'held', 'Held until somebody releases it', null],
  [
    'a credential that the guard holds',
    { counts: { ...queue.counts, held: 4 } },
    { guarded: ['app1'] },
    'held',
    'Held until somebody releases it; the abuse guard holds new mail of app1',
    null,
  ],
  [
    'a rest that a host asked for',
    { pace: { ...pace, rest: { until, cause } } },
    {},
    'rest',
    'The next hop rests, because mx.example said 421 4.7.0 Too many connections',
    until,
  ],
  [
    'a rest since nobody answers',
    { pace: { ...pace, rest: { until, cause: refused } } },
    {},
    'rest',
    'The next hop rests, because of what we saw at mx.example: connection refused',
    until,
  ],
  [
    'a sender that rests',
    {
      pace: {
        ...pace,
        changes: [{ at, kind: 'sender', subject: 'a@b.example', before: null, after: null, until, cause }],
      },
    },
    { restingSenders: [{ reversePath: 'a@b.example', until }] },
    'sender rests',
    'Mail of a@b.example rests here, because mx.example said 421 4.7.0 Too many connections',
    until,
  ],
  [
    'a source that is on no machine',
    {},
    { pools: [{ pool: 'bulk', recipients: 9, sources: [{ ...source, missing: ['192.0.2.1'] }] }] },
    'no source',
    'No source of the pool bulk may be used: out1 is on no delivery machine (192.0.2.1)',
    null,
  ],
  [
    'a source that has sent its day',
    {},
    { pools: [{ pool: 'bulk', recipients: 9, sources: [{ ...source, dayUsedUp: 50 }] }] },
    'no source',
    'No source of the pool bulk may be used: out1 has sent its 50 of today (warm-up; days are of UTC)',
    '2026-11-23T00:00:00.000Z',
  ],
  [
    'a source that rests',
    {},
    { pools: [{ pool: 'bulk', recipients: 9, sources: [{ ...source, restsUntil: until }] }] },
    'no source',
    'No source of the pool bulk may be used: out1 rests at this site',
    until,
  ],
  [
    'a pool without a source',
    {},
    { pools: [{ pool: 'bulk', recipients: 9, sources: [] }] },
    'no source',
    'No source of the pool bulk may be used: it has none',
    null,
  ],
  [
    'a rate',
    { pace: { ...pace, rate: { ...pace.rate, perMinute: 6, liftedAt: until, cause } } },
    {},
    'rate',
    'At most 6 messages a minute, because mx.example said 421 4.7.0 Too many connections',
    until,
  ],
  [
    'lanes that are all taken',
    { pace: { ...pace, lanes: { ...pace.lanes, now: 1, running: 1, growsAt: until, cause } } },
    {},
    'lanes',
    'The one lane that it may have is at work, because mx.example said 421 4.7.0 Too many connections',
    until,
  ],
  [
    'no seat for a lane',
    { pace: { ...pace, lanes: { ...pace.lanes, running: 0 } } },
    {},
    'lanes',
    'No lane of it runs yet (7 run for other queues)',
    null,
  ],
  [
    'no delivery process',
    {},
    { deliverySeenAt: '2026-11-22T11:00:00.000Z' },
    'no delivery process',
    'No delivery process was seen since 2026-11-22 11:00 UTC',
    null,
  ],
  [
    'deferred mail',
    {
      counts: { ...queue.counts, queued: 0, deferred: 2 },
      nextDueAt: until,
      replies: [deferral],
    },
    { due: 0 },
    'deferred',
    'Tried before, and tried again when it is due; the last reply: 421 4.7.0 Too many connections',
    until,
  ],
  [
    'a reply of many lines, its codes once',
    {
      counts: { ...queue.counts, queued: 0, deferred: 2 },
      nextDueAt: until,
      replies: [{ ...deferral, reply: manyLines }],
    },
    { due: 0 },
    'deferred',
    `Tried before, and tried again when it is due; the last reply: 421 4.7.0 Too many connections ${'from your network '.repeat(7)}from your…`,
    until,
  ],
])('%s is told, with its reason and its end', (_, change, obstacles, kind, says, end) => {
  const found = keptBack({ ...queue, ...change }, { ...none, ...obstacles });
  expect(found).toEqual([
    { by: kind, says, until: end, recipients: expect.toSatisfy((each) => each === null || each > 0) },
  ]);
});

test('a pool with one source that may be used keeps nobody back', () => {
  const pools = [
    {
      pool: 'bulk',
      recipients: 9,
      sources: [
        { ...source, dayUsedUp: 50 },
        { ...source, name: 'out2' },
      ],
    },
  ];
  expect(keptBack(queue, { ...none, pools })).toEqual([]);
});
