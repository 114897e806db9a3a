import type { Credential } from '@postern/administration';
import { facts } from '../output/table.ts';
import type { Shown } from './runner.ts';

/** A name with its secret: for people, and with `username` and `password` for programs that look for these. */
export function shownOnce(made: { readonly credential: Credential; readonly secret: string }, says: string): Shown {
  const { name } = made.credential;
  const text = [
    says,
    '',
    facts([
      ['  Username', name],
      ['  Password', made.secret],
    ]),
  ].join('\n');
  return { json: { username: name, password: made.secret, ...made }, text };
}
