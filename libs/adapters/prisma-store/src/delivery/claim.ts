import { randomUUID } from 'node:crypto';
import {
  type Claim,
  type ClaimedMessage,
  type ClaimedRecipient,
  type ClaimRequest,
  type MessageId,
} from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement, type Value } from '../connection/run.ts';
import { uuids } from '../connection/arrays.ts';
import { CLAIM, CLAIM_IN_TURN, CLAIM_LATE, CLAIM_OVERDUE } from './claim-statements.ts';
import type { ClaimFloors } from './claim-floors.ts';
import type { Epoch } from './epoch.ts';
import type { StoreClock } from './store-clock.ts';
import { joinedContents } from './joined-contents.ts';
import { recipientId } from './recipient-id.ts';
import { messageRequests, recipientRequests, type RequestsColumn } from './requests.ts';

/** What a process knows of its claims. */
export interface ClaimContext {
  readonly floors: ClaimFloors;
  readonly clock: StoreClock;
  readonly epoch: Pick<Epoch, 'least'>;
  /** Which process this is, for those who find what it left when it died. */
  readonly holder: string;
}

/** Claims due recipients of a queue under a new lease, with their messages and small contents, in one statement. */
export async function claim(
  pool: Pool,
  { floors, clock, holder, epoch }: ClaimContext,
  request: ClaimRequest,
): Promise<Claim> {
  const { queueId, lane = 0, limit, leaseMs, inlineOctets, turn, acceptedBefore, late } = request;
  const leaseToken = randomUUID();
  const least = await epoch.least();
  const askedMs = performance.now();
  const take = (statement: Statement, from: Value) =>
    run<Row>(pool, statement, [queueId, limit, leaseToken, leaseMs, inlineOctets, from, lane, holder, least]);
  let rows: readonly Row[];
  if (late) rows = await take(CLAIM_LATE, uuids(late));
  else if (acceptedBefore) rows = await take(CLAIM_OVERDUE, firstIdOf(acceptedBefore));
  else if (turn === 'each credential') rows = await take(CLAIM_IN_TURN, randomUUID());
  else {
    const look = floors.look(queueId);
    rows = await take(CLAIM, look.from);
    look.found(rows[0]?.[OLDEST_DUE_AT]);
  }
  const claimedAt = rows[0]?.[CLAIMED_AT];
  const now = claimedAt && (() => new Date(claimedAt.getTime() + performance.now() - askedMs));
  const messages = gather(rows).map((message) => ({
    ...message,
    ...(claimedAt && now ? { now, acceptedAt: clock.acceptedAt(message.acceptedAt, claimedAt) } : {}),
    queueId,
  }));
  return {
    leaseToken,
    messages: await joinedContents(pool, messages, inlineOctets),
    recipients: rows.length,
    full: rows.length >= limit,
  };
}

/** Ids sort by the time of acceptance (RFC 9562 §5.7): the first that a message of this time could have. */
function firstIdOf(acceptedAt: Date): string {
  const time = Math.max(0, acceptedAt.getTime()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}

/** A claimed message, and in how many chunks its content is stored. */
export type Gathered = ClaimedMessage & { readonly contentChunks: number };

/** Rows are by message and number; the first of a message carries what it has in common. */
function gather(rows: readonly Row[]): readonly Gathered[] {
  const messages: Gathered[] = [];
  let recipients: ClaimedRecipient[] = [];
  for (const row of rows) {
    const [id, number, forwardPath, domain, attempt, , leads, notify, orcpt] = row;
    if (leads) {
      recipients = [];
      messages.push({ ...messageOf(row), recipients });
    }
    const asked = notify === null && orcpt === null ? undefined : recipientRequests(notify, orcpt);
    recipients.push({ id: recipientId(id, number), forwardPath, domain, attempt, ...asked });
  }
  return messages;
}

function messageOf(row: Row): Omit<Gathered, 'recipients'> {
  const [id, , , , , , , , , requests, , credentialId, ...common] = row;
  const [acceptedAt, reversePath, sizeOctets, contentChunks, body, smtpUtf8, traceFields, content] = common;
  return {
    ...(requests && messageRequests(requests)),
    id,
    credentialId: credentialId ?? undefined,
    acceptedAt,
    reversePath,
    sizeOctets,
    body,
    smtpUtf8,
    traceFields,
    content: content ?? undefined,
    contentChunks,
  };
}

type Row = readonly [
  id: MessageId,
  number: number,
  forwardPath: string,
  domain: string,
  attempt: number,
  oldestDueAt: Date,
  leads: boolean,
  notify: string | null,
  orcpt: string | null,
  requests: RequestsColumn | null,
  claimedAt: Date,
  credentialId: string | null,
  acceptedAt: Date,
  reversePath: string,
  sizeOctets: number,
  contentChunks: number,
  body: '7BIT' | '8BITMIME',
  smtpUtf8: boolean,
  traceFields: Buffer,
  content: Buffer | null,
];
const OLDEST_DUE_AT = 5;
const CLAIMED_AT = 10;
