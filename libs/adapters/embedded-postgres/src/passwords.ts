import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { EmbeddedPostgresFault } from './fault.ts';
import type { Layout } from './layout.ts';

/** The passwords of the two roles: the superuser, which only this room uses, and the owner of Postern's database. */
export interface Passwords {
  readonly postgres: string;
  readonly postern: string;
}

/** New passwords, of characters that mean nothing in a URL or in SQL. */
export function newPasswords(): Passwords {
  return { postgres: randomBytes(24).toString('base64url'), postern: randomBytes(24).toString('base64url') };
}

/** The passwords that were saved when the cluster was made. */
export function readPasswords(layout: Layout): Passwords {
  try {
    const saved: unknown = JSON.parse(readFileSync(layout.passwords, 'utf8'));
    if (isPasswords(saved)) return saved;
  } catch (cause) {
    throw lost(layout, cause);
  }
  throw lost(layout, undefined);
}

function isPasswords(saved: unknown): saved is Passwords {
  if (typeof saved !== 'object' || saved === null || !('postgres' in saved) || !('postern' in saved)) return false;
  return typeof saved.postgres === 'string' && typeof saved.postern === 'string';
}

function lost(layout: Layout, cause: unknown): EmbeddedPostgresFault {
  return new EmbeddedPostgresFault(
    'refused-to-start',
    `The database passwords in ${layout.passwords} cannot be read. Put the file back from a backup of the data directory.`,
    { cause },
  );
}
