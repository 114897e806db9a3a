import { testDatabase } from '@postern/database';
import {
  type AttemptOutcome,
  type Claim,
  type ClaimRequest,
  type Disposition,
  type MessageId,
  newMessageId,
  type NewMessage,
  type NewRecipient,
  UNRESOLVED_QUEUE,
} from '@postern/queue';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { createStore, type Store } from '../index.ts';

export const quiet = { info: () => undefined, warn: () => undefined };

/** A store on a database of one test's own, and a client that sees what is in it. */
export interface Scenario {
  readonly store: Store;
  readonly databaseUrl: string;
  /** Rows as objects. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** A session of its own, for locks. */
  holder(): Promise<pg.ClientBase>;
}

/** A store that works, on an empty database; closed when the test is over. */
export async function scenario(options: { readonly poolSize?: number } = {}): Promise<Scenario> {
  const database = await testDatabase();
  return scenarioOn(database.url, { ...options, end: () => database.close() });
}

export async function scenarioOn(
  databaseUrl: string,
  { poolSize = 6, end }: { readonly poolSize?: number; readonly end: () => Promise<void> },
): Promise<Scenario> {
  const store = createStore({ databaseUrl, poolSize, log: quiet });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  onTestFinished(async () => {
    await store.close();
    await pool.end();
    await end();
  });
  return {
    store,
    databaseUrl,
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<Row>(text, [...values])).rows,
    holder: async () => {
      const client = await pool.connect();
      onTestFinished(() => client.release());
      return client;
    },
  };
}

export function message(change: Partial<NewMessage> = {}): NewMessage {
  const content = Buffer.from('Subject: hello\r\n\r\nhello\r\n');
  return {
    id: newMessageId(Date.now()),
    acceptedAt: new Date(),
    reversePath: 'sender@example.org',
    recipients: [recipient()],
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: 'client.example.org',
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: content.length,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: 'Sender <sender@example.org>',
    subject: 'hello',
    messageIdField: '<hello@example.org>',
    traceFields: Buffer.from('Received: from client.example.org\r\n'),
    content: { kind: 'inline', octets: content },
    ...change,
  };
}

export function recipient(change: Partial<NewRecipient> = {}): NewRecipient {
  return { forwardPath: 'rcpt@example.com', domain: 'example.com', queueId: UNRESOLVED_QUEUE, ...change };
}

/** A message with so many recipients. */
export function messageTo(count: number, change: Partial<NewMessage> = {}): NewMessage {
  const recipients = Array.from({ length: count }, (_, index) =>
    recipient({ forwardPath: `rcpt${index + 1}@example.com` }),
  );
  return message({ recipients, ...change });
}

export function claim(store: Store, change: Partial<ClaimRequest> = {}): Promise<Claim> {
  return store.delivery.claim({
    queueId: UNRESOLVED_QUEUE,
    limit: 100,
    leaseMs: 60_000,
    inlineOctets: 64 * 1024,
    ...change,
  });
}

/** The outcome of every recipient of a claim, or of some. */
export function outcomes(
  claimed: Claim,
  disposition: Disposition = { kind: 'delivered' },
  which: (recipientId: string) => boolean = () => true,
): readonly AttemptOutcome[] {
  return claimed.messages.flatMap((each) =>
    each.recipients
      .filter(({ id }) => which(id))
      .map(({ id }) => outcome({ recipientId: id, messageId: each.id, leaseToken: claimed.leaseToken, disposition })),
  );
}

export function outcome(
  change: Pick<AttemptOutcome, 'recipientId' | 'messageId' | 'leaseToken'> & Partial<AttemptOutcome>,
): AttemptOutcome {
  return {
    disposition: { kind: 'delivered' },
    attempt: {
      startedAt: new Date(),
      durationMs: 12,
      stepsMs: { connect: 1, content: 4.5 },
      stage: 'content',
      host: 'mx.example.com',
      address: '127.0.0.2',
      reply: { from: 'remote', code: 250, enhanced: '2.0.0', text: 'Ok: queued as 4XYZ' },
      tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: false, certificate: undefined },
      policy: 'opportunistic',
    },
    ...change,
  };
}

/** Ids of what was claimed. */
export function recipientIds(claimed: Claim): readonly string[] {
  return claimed.messages.flatMap((each) => each.recipients.map(({ id }) => id));
}

/** How many content chunks are stored for a message. */
export async function chunksOf({ sql }: Scenario, id: MessageId): Promise<number> {
  const [row] = await sql<{ chunks: number }>('select count(*)::int as chunks from contents where message_id = $1', [
    id,
  ]);
  return row?.chunks ?? 0;
}
