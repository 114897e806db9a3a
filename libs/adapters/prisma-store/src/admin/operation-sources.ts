import { OPERATION_STATES, type MessageCondition, type OperationKind } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { and, isOneOf, messageWhere, recipientWhere, sortConditions, type SortedConditions } from './conditions.ts';

/** How far through a source: the last key that was looked at, as its columns. */
export type SourceKey = readonly (string | number)[];

/**
 * Where an operation finds recipients, in the order of a key along an index, so that it can go through them in pieces and
 * go on behind any of them.
 */
export interface OperationSource {
  /** The last key of the next `rows` rows behind `after`; undefined when there are fewer. */
  pieceEnd(after: SourceKey | undefined, rows: number): Prisma.Sql;
  /** The recipients of a piece that meet every condition: `queue_id, message_id, number`. */
  matching(after: SourceKey | undefined, upTo: SourceKey | undefined): Prisma.Sql;
}

/** The sources of an operation: what waits, and what is held, as far as it is for them. */
export async function operationSources(
  db: Db,
  { kind, conditions }: { readonly kind: OperationKind; readonly conditions: readonly MessageCondition[] },
): Promise<readonly OperationSource[]> {
  const sorted = await sortConditions(db, conditions);
  const asked = conditions.flatMap((each) => (each.field === 'state' ? [each.state] : []));
  const states = OPERATION_STATES[kind].filter((state) => asked.every((each) => each === state));
  const waiting = states.filter((state) => state !== 'held');
  return [
    ...(waiting.length > 0 ? [waitingSource(sorted, waiting)] : []),
    ...(states.some((state) => state === 'held') ? [heldSource(sorted)] : []),
  ];
}

const WAITING_KEY = Prisma.sql`(w.queue_id, w.message_id, w.number)`;

/** What waits, queue by queue, along the primary key. */
function waitingSource(conditions: SortedConditions, states: readonly string[]): OperationSource {
  const { ofRecipients, ofMessages, bounds } = conditions;
  const inQueues = ofRecipients.flatMap((each) => (each.field === 'queue' ? [each.ids] : []));
  const of = ofRecipients.filter((each) => each.field !== 'queue' && each.field !== 'state');
  const within = (after: SourceKey | undefined, upTo: SourceKey | undefined) => [
    ...inQueues.map((ids) => isOneOf(Prisma.sql`w.queue_id`, ids)),
    ...(after ? [Prisma.sql`${WAITING_KEY} > ${waitingKey(after)}`] : []),
    ...(upTo ? [Prisma.sql`${WAITING_KEY} <= ${waitingKey(upTo)}`] : []),
  ];
  return {
    pieceEnd: (after, rows) => Prisma.sql`
      select w.queue_id as k1, w.message_id::text as k2, w.number as k3 from waiting_recipients w
      where ${and(within(after, undefined))} order by w.queue_id, w.message_id, w.number offset ${rows - 1} limit 1`,
    matching: (after, upTo) => Prisma.sql`
      select w.queue_id, w.message_id, w.number from waiting_recipients w
      ${of.length > 0 ? Prisma.sql`join recipients r on r.message_id = w.message_id and r.number = w.number` : NONE}
      ${ofMessages.length > 0 ? Prisma.sql`join messages m on m.id = w.message_id` : NONE}
      where ${and([
        ...within(after, upTo),
        Prisma.sql`w.state = any(${states}::recipient_state[])`,
        ...bounds.map((bound) => bound(Prisma.sql`w.message_id`)),
        ...of.map(recipientWhere),
        ...ofMessages.map(messageWhere),
      ])}
      order by w.queue_id, w.message_id, w.number`,
  };
}

const HELD_KEY = Prisma.sql`(r.message_id, r.number)`;

/** What is held, along the index of what is set aside. */
function heldSource({ ofRecipients, ofMessages, bounds }: SortedConditions): OperationSource {
  const within = (after: SourceKey | undefined, upTo: SourceKey | undefined) => [
    Prisma.sql`r.aside = 'held'`,
    ...(after ? [Prisma.sql`${HELD_KEY} > ${heldKey(after)}`] : []),
    ...(upTo ? [Prisma.sql`${HELD_KEY} <= ${heldKey(upTo)}`] : []),
  ];
  return {
    pieceEnd: (after, rows) => Prisma.sql`
      select r.message_id::text as k1, r.number as k2, null::int as k3 from recipients r
      where ${and(within(after, undefined))} order by r.message_id, r.number offset ${rows - 1} limit 1`,
    matching: (after, upTo) => Prisma.sql`
      select r.queue_id, r.message_id, r.number from recipients r
      ${ofMessages.length > 0 ? Prisma.sql`join messages m on m.id = r.message_id` : NONE}
      where ${and([
        ...within(after, upTo),
        Prisma.sql`r.state = 'held'`,
        ...bounds.map((bound) => bound(Prisma.sql`r.message_id`)),
        ...ofRecipients.map(recipientWhere),
        ...ofMessages.map(messageWhere),
      ])}
      order by r.message_id, r.number`,
  };
}

const NONE = Prisma.sql``;

function waitingKey([queueId = 0, messageId = '', number = 0]: SourceKey): Prisma.Sql {
  return Prisma.sql`(${queueId}::int, ${messageId}::uuid, ${number}::int2)`;
}

function heldKey([messageId = '', number = 0]: SourceKey): Prisma.Sql {
  return Prisma.sql`(${messageId}::uuid, ${number}::int2)`;
}
