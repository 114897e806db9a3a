import type { Role } from '@postern/admin-contract';
import { permissionsOf, type Actor } from '../actor.ts';
import type { Refusal } from '../outcome.ts';

/**
 * Refuses an actor what would give away more than it has: an API key that may write accounts, and not everything else, makes
 * no owner, and does not set the password of one. Undefined when the actor may do all that the role may.
 */
export function beyondOwn(actor: Actor, role: Role): { readonly refused: Refusal } | undefined {
  if ([...permissionsOf(role)].every((each) => actor.permissions.has(each))) return undefined;
  return {
    refused: {
      code: 'forbidden',
      detail: `The role ${role} may do more than you: it is not yours to give or to take over`,
    },
  };
}
