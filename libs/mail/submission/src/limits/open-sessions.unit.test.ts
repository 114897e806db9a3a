import { DEFAULT_GUARD_THRESHOLDS } from '@postern/credentials';
import type { Client } from '@postern/smtp-server';
import { expect, test } from 'vitest';
import type { Submitter } from '../submitter.ts';
import { OpenSessions } from './open-sessions.ts';

test('a client that leaves while it is being counted in takes no place, and comes up in no later look', async () => {
  const { sessions, places, enterStore } = counting();
  const client = clientOf('1');
  const entering = sessions.enter(client, submitter(1));
  sessions.closed(client);
  enterStore();
  expect(await entering).toBe(true);
  expect(places()).toBe(0);
  expect(await sessions.recheck(undefined, () => Promise.resolve(false))).toBe(0);
});

test('a client that has left before anybody asks for its place is not counted in', async () => {
  const { sessions, places } = counting();
  const client = clientOf('1');
  sessions.closed(client);
  expect(await sessions.enter(client, submitter(1))).toBe(true);
  expect(await sessions.enter(client, submitter(undefined))).toBe(true);
  expect(places()).toBe(0);
  expect(await sessions.recheck(undefined, () => Promise.resolve(false))).toBe(0);
});

test('a session is counted once, and makes room when it ends', async () => {
  const { sessions, places, enterStore } = counting();
  const client = clientOf('1');
  const entering = sessions.enter(client, submitter(1));
  enterStore();
  await entering;
  await sessions.enter(client, submitter(1));
  expect(places()).toBe(1);
  sessions.closed(client);
  expect(places()).toBe(0);
});

function counting() {
  let taken = 0;
  let answer: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const sessions = new OpenSessions({
    store: {
      enterSession: () => asked.then(() => ((taken += 1), true)),
      leaveSession: () => Promise.resolve(void (taken -= 1)),
      keepSessions: () => Promise.resolve(),
    },
    onFault: (cause) => expect.unreachable(String(cause)),
  });
  return { sessions, places: () => taken, enterStore: () => answer() };
}

function clientOf(id: string): Client {
  return {
    session: { id, end: () => undefined },
    listener: 'submission',
    profile: 'standard',
    address: '192.0.2.1',
    port: 1,
    localAddress: '192.0.2.2',
    localPort: 587,
    name: undefined,
    esmtp: true,
    tls: undefined,
  };
}

function submitter(maxSessions: number | undefined): Submitter {
  const network = {
    id: '1',
    cidr: '192.0.2.0/24',
    senderRules: [],
    limits: maxSessions === undefined ? {} : { maxSessions },
    tag: undefined,
    routeQueueId: undefined,
    guard: {
      mode: 'off',
      thresholds: DEFAULT_GUARD_THRESHOLDS,
      heldSince: undefined,
      releasedAt: undefined,
      usualNetworks: [],
    },
  } as const;
  return { kind: 'network', name: network.cidr, network };
}
