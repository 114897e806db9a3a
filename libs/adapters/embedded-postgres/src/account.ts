import { readFileSync, statSync } from 'node:fs';
import { EmbeddedPostgresFault } from './fault.ts';
import type { Layout } from './layout.ts';

/** The user that PostgreSQL runs as when we are root: PostgreSQL refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account for the server; undefined when we are not root and it runs as ourselves. */
export function serverAccount(layout: Layout): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = chooseAccount({ passwd: readPasswd(), owner: statSync(layout.cluster, { throwIfNoEntry: false }) });
  if (account) return account;
  throw new EmbeddedPostgresFault(
    'no-account',
    'PostgreSQL does not run as root, and /etc/passwd has neither a user postgres nor a user nobody. Start Postern as an ordinary user, or set DATABASE_URL.',
  );
}

/** The owner of an existing cluster, else `postgres`, else `nobody`. */
export function chooseAccount(from: {
  readonly passwd: string;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}): Account | undefined {
  const accounts = parsePasswd(from.passwd);
  if (from.owner && from.owner.uid !== 0) {
    const { uid, gid } = from.owner;
    return { name: accounts.find((each) => each.uid === uid)?.name ?? String(uid), uid, gid };
  }
  return ['postgres', 'nobody'].flatMap(
    (name) => accounts.find((each) => each.name === name && each.uid !== 0) ?? [],
  )[0];
}

function parsePasswd(passwd: string): Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (!name || !uid || !gid || !/^\d+$/.test(uid) || !/^\d+$/.test(gid)) return [];
    return [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
