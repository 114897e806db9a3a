import type { FieldFault, Permission, ProblemCode } from '@postern/admin-contract';
import type { Actor } from './actor.ts';

/** What came of a verb: what it answers, or why it was refused. A fault of ours is thrown. */
export type Outcome<T> = { readonly ok: T } | { readonly refused: Refusal };

export interface Refusal {
  readonly code: Extract<ProblemCode, 'invalid-request' | 'forbidden' | 'not-found' | 'conflict'>;
  readonly detail: string;
  readonly errors?: readonly FieldFault[];
}

export function done<T>(value: T): Outcome<T> {
  return { ok: value };
}

/** Refuses an actor who may not do something; undefined when they may. */
export function unauthorized(actor: Actor, permission: Permission): { readonly refused: Refusal } | undefined {
  if (actor.permissions.has(permission)) return undefined;
  return { refused: { code: 'forbidden', detail: `This needs the permission ${permission}` } };
}

export function notFound(what: string): { readonly refused: Refusal } {
  return { refused: { code: 'not-found', detail: `There is no ${what}` } };
}

export function conflict(detail: string): { readonly refused: Refusal } {
  return { refused: { code: 'conflict', detail } };
}

export function invalid(errors: readonly FieldFault[]): { readonly refused: Refusal } {
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return { refused: { code: 'invalid-request', detail, errors } };
}
