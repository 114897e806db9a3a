import { testDatabase } from '@postern/database';
import type { Resolver } from '@postern/dns';
import { createStore, type Store } from '@postern/prisma-store';
import {
  newMessageId,
  systemClock,
  UNRESOLVED_QUEUE,
  type AttemptFacts,
  type Disposition,
  type Lane,
  type MessageId,
  type NewMessage,
  type NewRecipient,
} from '@postern/queue';
import { deriveKeys } from '@postern/sealing';
import { test as base } from 'vitest';
import { permissionsOf, type Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Machine } from '../ports/machine.ts';
import type { AuditEntry } from '../ports/audit-entry.ts';

/** An installation with a database of its own, and an owner who is about to do something. */
export interface Scenario {
  readonly store: Store;
  readonly context: Context;
  /** The same, as somebody who may only read. */
  readonly asAuditor: Context;
  /** The lanes that were woken. */
  readonly woken: readonly Lane[];
  /** Accepts a message from `a@example.org` to these recipients, all in the queue `unresolved` unless said otherwise. */
  accept(
    recipients?: readonly string[],
    change?: Partial<NewMessage> & { readonly queueId?: number },
  ): Promise<MessageId>;
  /** Claims what is due in a queue and records this as its outcome. */
  attempt(disposition: Disposition, queueId?: number, change?: Partial<AttemptFacts>): Promise<void>;
  audit(): Promise<readonly (Omit<AuditEntry, 'actor'> & { readonly actor: string })[]>;
}

export const OWNER: Actor = {
  kind: 'person',
  id: '0199a000-0000-7000-8000-000000000001',
  name: 'owner@example.org',
  permissions: permissionsOf('owner'),
  address: '192.0.2.7',
};

/** Tests that get a scenario of their own. */
export const test = base.extend<{ scenario: Scenario }>({
  // eslint-disable-next-line no-empty-pattern
  scenario: async ({}, use) => {
    const database = await testDatabase();
    const log = { info: () => undefined, warn: () => undefined };
    const store = createStore({ databaseUrl: database.url, poolSize: 4, log });
    await use(scenarioOn(store));
    await store.close();
    await database.close();
  },
});

function scenarioOn(store: Store): Scenario {
  const woken: Lane[] = [];
  const context: Context = {
    actor: OWNER,
    store: store.admin,
    clock: systemClock,
    keys: deriveKeys('a secret that only tests have, and long'),
    explainDelivery: () => Promise.reject(new Error('this installation reaches nobody')),
    sources: { hostname: 'gateway.example.org', addresses: ['192.0.2.25'] },
    fetchPolicy: () => Promise.resolve({ kind: 'failed', fault: { because: 'nobody is reached' } }),
    resolver: silentResolver,
    machine: soundMachine,
    blockLists: [],
    alarmClock: { wake: (lane) => void woken.push(lane) },
  };
  const asAuditor = {
    ...context,
    actor: { ...OWNER, name: 'auditor@example.org', permissions: permissionsOf('auditor') },
  };
  return {
    store,
    context,
    asAuditor,
    woken,
    async accept(recipients = ['b@example.com'], { queueId, ...change } = {}) {
      const message = newMessage(
        recipients.map((each) => recipient(each, queueId)),
        change,
      );
      await store.accept.accept([message]);
      return message.id;
    },
    async attempt(disposition, queueId = UNRESOLVED_QUEUE, change = {}) {
      const claim = await store.delivery.claim({ queueId, limit: 100, leaseMs: 60_000, inlineOctets: 65_536 });
      const { leaseToken } = claim;
      await store.delivery.record(
        claim.messages.flatMap(({ id, recipients }) =>
          recipients.map((each) => ({
            recipientId: each.id,
            messageId: id,
            leaseToken,
            disposition,
            attempt: { ...facts(disposition), ...change },
          })),
        ),
      );
    },
    async audit() {
      const found = await store.pool.query<AuditRow>(
        'select actor_name, actor_address, action, subject_id, subject_name, reason, facts from audit_entries order by id',
      );
      return found.rows.map(
        ({ actor_name, actor_address, action, subject_id, subject_name, reason, facts: given }) => ({
          actor: `${actor_name} from ${actor_address}`,
          action,
          subjectId: subject_id,
          subjectName: subject_name,
          reason: reason ?? undefined,
          facts: given,
        }),
      );
    },
  };
}

interface AuditRow {
  readonly actor_name: string;
  readonly actor_address: string | null;
  readonly action: string;
  readonly subject_id: string;
  readonly subject_name: string;
  readonly reason: string | null;
  readonly facts: Record<string, unknown>;
}

function newMessage(recipients: readonly NewRecipient[], change: Partial<NewMessage>): NewMessage {
  const acceptedAt = change.acceptedAt ?? new Date();
  return {
    id: newMessageId(acceptedAt.getTime()),
    acceptedAt,
    reversePath: 'a@example.org',
    recipients,
    origin: {
      listener: 'submission',
      clientAddress: '192.0.2.1',
      clientName: 'client.example.org',
      credentialId: undefined,
      networkId: undefined,
      tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
    },
    sizeOctets: 11,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: 'A <a@example.org>',
    subject: 'Greetings',
    messageIdField: '<1@example.org>',
    traceFields: Buffer.alloc(0),
    content: { kind: 'inline', octets: Buffer.from('S: x\r\n\r\nHi\r\n') },
    ...change,
  };
}

function recipient(forwardPath: string, queueId: number = UNRESOLVED_QUEUE): NewRecipient {
  return { forwardPath, domain: forwardPath.slice(forwardPath.lastIndexOf('@') + 1), queueId };
}

function facts(disposition: Disposition): AttemptFacts {
  const code = { delivered: 250, deferred: 451, bounced: 550, expired: 451 }[disposition.kind];
  return {
    startedAt: new Date(),
    durationMs: 12,
    stepsMs: { connect: 1, data: 3 },
    stage: 'content',
    host: 'mx.example.com',
    address: '127.0.0.2',
    reply: { from: 'remote', code, enhanced: `${Math.floor(code / 100)}.0.0`, text: `said ${code}` },
    tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: false, certificate: undefined },
    policy: 'opportunistic',
  };
}

/** A DNS that does not answer; a test that needs one gives its own. */
const silentResolver: Resolver = {
  mx: failed,
  addresses: failed,
  txt: failed,
  tlsa: failed,
  cname: failed,
  ptr: failed,
};

function failed(): Promise<{ readonly kind: 'failed'; readonly reason: 'unreachable' }> {
  return Promise.resolve({ kind: 'failed', reason: 'unreachable' });
}

/** A machine of which everything is as it should be, but which reaches nobody. */
export const soundMachine: Machine = {
  version: 'Postern of a test',
  deliveryPort: 25,
  environment: () => [
    { name: 'POSTERN_HOSTNAME', meaning: 'Name.', says: 'the host', set: true, value: 'gateway.example.org' },
  ],
  dnssec: () => Promise.resolve({ believed: true, because: '127.0.0.1 validates' }),
  certificate: () =>
    Promise.resolve({
      kind: 'found',
      made: 'given',
      names: ['gateway.example.org'],
      validFrom: new Date(0),
      validTo: new Date('2100-01-01'),
    }),
  listeners: () => Promise.resolve([{ service: 'submission', address: '127.0.0.1:587', open: true }]),
  dial: () => Promise.resolve('open'),
  database: () =>
    Promise.resolve({ kind: 'there', version: '18.0', now: new Date(), here: true, settings: { fsync: 'on' } }),
  keepsTime: () => Promise.resolve(true),
  redis: () => Promise.resolve(undefined),
  disk: () => Promise.resolve({ freeOctets: 1e11, totalOctets: 1e12 }),
};
