import type { Suspension } from '@postern/admin-contract';

/** Whose mail each scope is, before its name. */
const MAIL: Readonly<Record<Suspension['scope'], string>> = {
  all: 'All mail',
  queue: 'The queue',
  credential: 'Mail of the credential',
  sender: 'Mail from',
  domain: 'Mail to',
};

/** What there is to choose by. */
export const SCOPE_WORDS: Readonly<Record<Suspension['scope'], string>> = {
  queue: 'Queues',
  all: 'All mail',
  credential: 'Credentials',
  sender: 'Senders',
  domain: 'Domains',
};

/** What is suspended, in words: `Mail to *.example.com`. */
export function suspendedWords({ scope, name }: Pick<Suspension, 'scope' | 'name'>): string {
  return scope === 'all' ? MAIL.all : `${MAIL[scope]} ${name}`;
}
