import { RECIPIENT_STATES, type RecipientState } from '@postern/admin-contract';

/** A term of the query language that names a state, outside of quotes. */
const STATE_TERM = /(^|\s)state:("?)([a-z]+)\2(?=\s|$)/i;

/** The state that a query asks for, when it names one. */
export function stateOf(query: string): RecipientState | undefined {
  const word = STATE_TERM.exec(query)?.[3]?.toLowerCase();
  return RECIPIENT_STATES.find((state) => state === word);
}

/** The query with another state asked for, or with none; the rest of it stays as it was written. */
export function withState(query: string, state: RecipientState | undefined): string {
  const rest = query
    .replace(STATE_TERM, '$1')
    .replace(/\s{2,}/g, ' ')
    .trim();
  return [state ? `state:${state}` : '', rest].filter(Boolean).join(' ');
}
