import type { OperationKind } from '@postern/admin-contract';
import type { MessageCondition } from '../message/message-query.ts';
import { readMessageQuery } from '../message/message-query.ts';
import { done, invalid, type Outcome } from '../outcome.ts';
import { OPERATION_STATES } from './operation-move.ts';

/** Reads the query of an operation; one that asks for a state in which nothing can be done is told so. */
export function readOperation(
  { kind, query }: { readonly kind: OperationKind; readonly query: string },
  now: Date,
): Outcome<readonly MessageCondition[]> {
  const reading = readMessageQuery(query, now);
  if ('fault' in reading) return invalid([{ field: 'body.query', message: reading.fault }]);
  const states: readonly string[] = OPERATION_STATES[kind];
  const asked = reading.ok.flatMap((each) => (each.field === 'state' ? [each.state] : []));
  const idle = asked.find((state) => !states.includes(state));
  if (idle === undefined) return done(reading.ok);
  return invalid([
    { field: 'body.query', message: `${kind} is for recipients that are ${states.join(' or ')}, not ${idle}` },
  ]);
}
