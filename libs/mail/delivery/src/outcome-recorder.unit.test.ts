import { type AttemptOutcome, newMessageId, StoreUnavailable } from '@postern/queue';
import { expect, test } from 'vitest';
import { OutcomeRecorder } from './outcome-recorder.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

test('outcomes that come while a batch is written are written together in the next one', async () => {
  const batches: number[] = [];
  const recorder = new OutcomeRecorder({
    log: silent,
    store: {
      record: async (outcomes) => {
        batches.push(outcomes.length);
        await new Promise((resolve) => setImmediate(resolve));
        return all(outcomes);
      },
    },
  });
  const first = recorder.record(outcome('1'));
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, recorder.record(outcome('2')), recorder.record(outcome('3'))]);
  expect(batches).toEqual([1, 2]);
});

test('what a host has accepted is written first', async () => {
  const written: string[] = [];
  const recorder = new OutcomeRecorder({
    log: silent,
    batchSize: 2,
    hurryMs: 60_000,
    store: {
      record: async (outcomes) => {
        written.push(...outcomes.map((each) => each.recipientId));
        return all(outcomes);
      },
    },
  });
  const later = { kind: 'deferred', dueAt: new Date(0), maybeDelivered: false } as const;
  await Promise.all([
    ...['1', '2', '3'].map((id) => recorder.record({ ...outcome(id), disposition: later })),
    ...['4', '5', '6'].map((id) => recorder.record(outcome(id))),
  ]);
  expect(written).toEqual(['4', '5', '6', '1', '2', '3']);
});

test('a batch that takes long is not waited for: what was accepted since reaches the store beside it', async () => {
  const batches: string[][] = [];
  const first = Promise.withResolvers<void>();
  const recorder = new OutcomeRecorder({
    log: silent,
    hurryMs: 1,
    store: {
      record: async (outcomes) => {
        batches.push(outcomes.map((each) => each.recipientId));
        if (batches.length === 1) await first.promise;
        return all(outcomes);
      },
    },
  });
  const slow = recorder.record(outcome('1'));
  await expect.poll(() => batches).toEqual([['1']]);
  expect(await recorder.record(outcome('2'))).toBe(true);
  first.resolve();
  expect(await slow).toBe(true);
  expect(batches).toEqual([['1'], ['2']]);
});

test('while the store cannot keep up there is no room for more, and there is again when it has', async () => {
  const held = Promise.withResolvers<void>();
  const recorder = new OutcomeRecorder({
    log: silent,
    mostWaiting: 3,
    store: {
      record: async (outcomes) => {
        await held.promise;
        return all(outcomes);
      },
    },
  });
  const never = new AbortController().signal;
  const two = ['1', '2'].map((id) => recorder.record(outcome(id)));
  expect(recorder.room(never)).toBeUndefined();
  const three = recorder.record(outcome('3'));
  const room = recorder.room(never);
  expect(room).toBeInstanceOf(Promise);
  expect(recorder.lag).toBe(3);
  const stopping = new AbortController();
  const stopped = recorder.room(stopping.signal);
  stopping.abort();
  await stopped;
  held.resolve();
  await Promise.all([...two, three, room]);
  expect(recorder.lag).toBe(0);
});

test('a store that is away is asked again until it takes the outcomes', async () => {
  let tries = 0;
  const recorder = new OutcomeRecorder({
    log: silent,
    retryMs: 1,
    store: {
      record: async (outcomes) => {
        tries += 1;
        if (tries < 4) throw new StoreUnavailable('away');
        return all(outcomes);
      },
    },
  });
  expect(await recorder.record(outcome('1'))).toBe(true);
  expect(tries).toBe(4);
});

test('an outcome that the store cannot take does not keep the others from being recorded', async () => {
  const recorder = new OutcomeRecorder({
    log: silent,
    store: {
      record: async (outcomes) => {
        if (outcomes.some((each) => each.recipientId === 'bad')) throw new Error('invalid text');
        return all(outcomes);
      },
    },
  });
  const recorded = await Promise.all(['1', '2', 'bad', '4', '5'].map((id) => recorder.record(outcome(id))));
  expect(recorded).toEqual([true, true, false, true, true]);
});

test('an outcome whose lease had ended is told apart', async () => {
  const recorder = new OutcomeRecorder({ log: silent, store: { record: async () => new Set(['1']) } });
  expect(await Promise.all([recorder.record(outcome('1')), recorder.record(outcome('2'))])).toEqual([true, false]);
});

function all(outcomes: readonly AttemptOutcome[]): ReadonlySet<string> {
  return new Set(outcomes.map((each) => each.recipientId));
}

function outcome(recipientId: string): AttemptOutcome {
  return {
    recipientId,
    messageId: newMessageId(1),
    leaseToken: 'lease',
    disposition: { kind: 'delivered' },
    attempt: {
      startedAt: new Date(0),
      durationMs: 1,
      stepsMs: {},
      stage: 'content',
      host: 'mx.example',
      address: '127.0.0.1',
      reply: { from: 'remote', code: 250, enhanced: undefined, text: 'OK' },
      tls: undefined,
      policy: 'opportunistic',
    },
  };
}
