import type { RelyingParty } from '../accounts/relying-party.ts';
import type { ApiParts } from '../api-parts.ts';
import { ProblemException } from '../gate/problem.exception.ts';

/** Whom passkeys are made for here; else the problem that says what is missing. */
export function namedConsole({ relyingParty }: Pick<ApiParts, 'relyingParty'>): RelyingParty {
  if (relyingParty) return relyingParty;
  throw new ProblemException(
    'conflict',
    'Passkeys are made for a name: POSTERN_CONSOLE_URL must say at which one people reach the console, and not by an IP address',
  );
}
