import { type NewMessage, newMessageId, StoreUnavailable } from '@postern/queue';
import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

test('messages that come while a batch commits share the next transaction', async () => {
  const { store, batches } = recordingStore();
  const commits = new GroupCommit({ store, inFlight: 1 });
  const first = commits.commit(message());
  await turn();
  await Promise.all([first, commits.commit(message()), commits.commit(message()), commits.commit(message())]);
  expect(batches).toEqual([1, 3]);
});

test('a batch has no more messages than it may', async () => {
  const { store, batches } = recordingStore();
  const commits = new GroupCommit({ store, batchSize: 4, inFlight: 1 });
  await Promise.all(Array.from({ length: 10 }, () => commits.commit(message())));
  expect(batches).toEqual([4, 4, 2]);
});

test('a batch has no more octets than it may, and one message always fits', async () => {
  const { store, batches } = recordingStore();
  const commits = new GroupCommit({ store, batchOctets: 100, inFlight: 1 });
  await Promise.all([60, 60, 300, 30, 30].map((octets) => commits.commit(message(octets))));
  expect(batches).toEqual([1, 1, 1, 2]);
});

test('no more transactions are under way than may be', async () => {
  let underWay = 0;
  let most = 0;
  const commits = new GroupCommit({
    batchSize: 1,
    inFlight: 2,
    store: {
      accept: async () => {
        most = Math.max(most, ++underWay);
        for (let turns = 0; turns < 5; turns += 1) await turn();
        underWay -= 1;
      },
    },
  });
  await Promise.all(Array.from({ length: 12 }, () => commits.commit(message())));
  expect(most).toBe(2);
});

test('every message of a batch hears that the store was away', async () => {
  const commits = new GroupCommit({ store: { accept: () => Promise.reject(new StoreUnavailable('away')) } });
  const ends = await Promise.allSettled([commits.commit(message()), commits.commit(message())]);
  expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
});

test('a message that cannot be stored fails alone', async () => {
  const bad = message();
  const commits = new GroupCommit({
    store: { accept: async (messages) => void (messages.includes(bad) && fail('invalid text')) },
  });
  const ends = await Promise.allSettled([message(), bad, message()].map((each) => commits.commit(each)));
  expect(ends.map((end) => end.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

function recordingStore() {
  const batches: number[] = [];
  const store = {
    accept: async (messages: readonly NewMessage[]) => {
      batches.push(messages.length);
      await turn();
    },
  };
  return { store, batches };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function fail(text: string): never {
  throw new Error(text);
}

function message(octets = 10): NewMessage {
  return {
    id: newMessageId(1),
    acceptedAt: new Date(0),
    reversePath: 'a@b.example',
    recipients: [{ forwardPath: 'c@d.example', domain: 'd.example', queueId: 1 }],
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: 'c',
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: octets,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: '',
    subject: '',
    messageIdField: '',
    traceFields: Buffer.alloc(0),
    content: { kind: 'inline', octets: Buffer.alloc(octets) },
  };
}
