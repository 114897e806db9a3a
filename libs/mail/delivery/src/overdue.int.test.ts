import { DEFAULT_RETRY_SCHEDULE, newMessageId, type NewMessage, type RetrySchedule } from '@postern/queue';
import { expect, test } from 'vitest';
import type { Schedules } from './schedules.ts';
import { sweep } from './sweep.ts';
import { laneScenario, type LaneScenario } from './testing/lane-scenario.ts';

const OTP = '01890a5d-ac96-774b-bcce-b302099a8057';
const BULK = '01890a5d-ac96-774b-bcce-b302099a8058';
const MINUTE = 60_000;

const ofUseFor = (minutes: number): RetrySchedule => ({
  ...DEFAULT_RETRY_SCHEDULE,
  giveUpAfterMs: minutes * MINUTE,
  strict: true,
});

/** Mail of the credential `OTP` is of use for some minutes; the number can be changed. */
async function world() {
  const plan = { minutes: 5 };
  const classes = () => new Map(plan.minutes > 0 ? [[OTP, ofUseFor(plan.minutes)]] : []);
  const schedules: Schedules = {
    of: ({ credentialId }) => (credentialId && classes().get(credentialId)) || DEFAULT_RETRY_SCHEDULE,
    byQueue: new Map(),
    get byCredential() {
      return classes();
    },
  };
  const scenario = await laneScenario();
  return { ...scenario, plan, context: scenario.another({ schedules }) };
}

/** A message of a credential, as old as that. */
const of = (credentialId: string, ageMinutes: number, change: Partial<NewMessage> = {}): Partial<NewMessage> => ({
  id: newMessageId(Date.now() - ageMinutes * MINUTE),
  acceptedAt: new Date(Date.now() - ageMinutes * MINUTE),
  origin: {
    listener: 'submission',
    clientAddress: '127.0.0.1',
    clientName: 'client.example.org',
    credentialId,
    networkId: undefined,
    tls: undefined,
  },
  ...change,
});

async function rests({ store, site }: LaneScenario): Promise<void> {
  const reply = { from: 'remote', code: 421, enhanced: '4.4.1', text: 'Away' } as const;
  const cause = { atMs: 0, rule: 'no-answer', host: 'mx.example', reply };
  await store.pace.tell(site, { kind: 'rest', cause, forMs: 60 * MINUTE });
}

test('a one-time password behind 3,000 others at a site that rests is given up at its time, and says why', async () => {
  const about = await world();
  const { accept, context, sql, store } = about;
  await rests(about);
  for (let batch = 0; batch < 3; batch += 1)
    await accept(
      Array.from({ length: 1_000 }, (_, number) => `b${batch}.${number}@example.com`),
      of(BULK, 60),
    );
  await accept(['fresh@example.com'], of(OTP, 4));
  await accept(['late@example.com'], of(OTP, 6));
  await accept(['other@example.com'], of(BULK, 6));
  await sweep(context);
  const ended = await sql(`select forward_path, state::text from recipients where state <> 'queued'`);
  expect(ended).toEqual([{ forward_path: 'late@example.com', state: 'expired' }]);
  const [attempt] = await sql<{ reply_text: string }>(
    'select reply_code, reply_enhanced, host, reply_text from attempts',
  );
  expect(attempt).toMatchObject({ reply_code: 554, reply_enhanced: '5.4.7', host: null });
  expect(attempt?.reply_text).toBe(
    'It was of use for 5 minutes only, and these are over: it is not tried any more; its site rests, because mx.example said 421 4.4.1 Away',
  );
  expect(await store.recount()).toMatchObject({ accepted: 3_003, expired: 1, queued: 3_002 });
  expect(await sql('select count(*)::int from deadlines')).toEqual([{ count: 1 }]);
});

test('a plan that is changed is honoured for what waits already', async () => {
  const about = await world();
  const { accept, context, plan, states, sql } = about;
  await rests(about);
  plan.minutes = 0;
  await accept(['b@example.com'], of(OTP, 6));
  await sweep(context);
  plan.minutes = 60;
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'queued' });
  plan.minutes = 5;
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'expired' });
  await sql('update deadlines set at = now()');
  await sweep(context);
  expect(await sql('select at from deadlines')).toEqual([]);
});

test('a plan that is loosened at the last moment leaves what it had noted, until its new time', async () => {
  const about = await world();
  const { accept, context, plan, states, sql, store } = about;
  await rests(about);
  const given = await accept(['b@example.com'], of(OTP, 6));
  await store.delivery.noteOverdue(new Map([[OTP, 5 * MINUTE]]));
  plan.minutes = 60;
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'queued' });
  expect(await sql('select at from deadlines')).toEqual([{ at: new Date(given.acceptedAt.getTime() + 60 * MINUTE) }]);
});

test('mail of a class that was kept for a future release is of use from then on', async () => {
  const about = await world();
  const { accept, context, states, host } = about;
  await accept(['b@example.com'], of(OTP, 60, { releaseAt: new Date(Date.now() - 4 * MINUTE) }));
  await accept(['c@example.com'], of(OTP, 60, { releaseAt: new Date(Date.now() - 6 * MINUTE) }));
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'queued', 'c@example.com': 'expired' });
  expect(host.count).toBe(0);
});

test('what is held stays held when its time is over, and is given up when it is released', async () => {
  const about = await world();
  const { accept, context, states, sql } = about;
  await accept(['b@example.com'], of(OTP, 6, { held: true }));
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'held' });
  await sql(`update recipients set state = 'queued', aside = null`);
  await sql(`insert into waiting_recipients (message_id, due_at, queue_id, state, number)
    select message_id, now(), queue_id, state, number from recipients`);
  await sql('update deadlines set at = now()');
  await sweep(context);
  expect(await states()).toEqual({ 'b@example.com': 'expired' });
});

test('more than one look takes is given up in one sweep', async () => {
  const about = await world();
  const { accept, context, sql } = about;
  await rests(about);
  for (let number = 0; number < 450; number += 1) await accept([`b${number}@example.com`], of(OTP, 6));
  await sweep(context);
  expect(await sql('select state::text, count(*)::int from recipients group by 1')).toEqual([
    { state: 'expired', count: 450 },
  ]);
});

test('what waits at a site that rests is given up by the plan of that site while it rests, never tried or not', async () => {
  const about = await laneScenario();
  const { accept, site, sql } = about;
  const plan = { ...DEFAULT_RETRY_SCHEDULE, giveUpAfterMs: 10 * MINUTE };
  const byQueue = new Map([[site, plan]]);
  const context = about.another({ schedules: { of: () => plan, byQueue, byCredential: new Map() } });
  await accept(['old@example.com'], of(BULK, 11));
  await accept(['fresh@example.com'], of(BULK, 9));
  await sweep(context);
  expect(await sql('select 1 from attempts')).toEqual([]);
  await rests(about);
  await sweep(context);
  expect(await about.states()).toEqual({ 'old@example.com': 'expired', 'fresh@example.com': 'queued' });
  expect(await sql('select reply_from::text, reply_text from attempts')).toEqual([
    { reply_from: 'local', reply_text: 'Nothing is sent there for a while, because mx.example said 421 4.4.1 Away' },
  ]);
});
