import type { Suspension } from '@postern/admin-contract';

/** Whose mail each scope is, before its name. */
const MAIL: Readonly<Record<Suspension['scope'], string>> = {
  all: 'All mail',
  queue: 'The queue',
  credential: 'Mail of the credential',
  sender: 'Mail from',
  domain: 'Mail to',
};

/** What is suspended, in words: `Mail to *.example.com`. */
export function suspendedWords({ scope, name }: Pick<Suspension, 'scope' | 'name'>): string {
  return scope === 'all' ? MAIL.all : `${MAIL[scope]} ${name}`;
}
