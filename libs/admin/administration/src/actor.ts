import type { Permission, Role } from '@postern/admin-contract';
import { PERMISSIONS } from '@postern/admin-contract';

/** Who asks for something to be done. */
export interface Actor {
  /** A person in the console, a program with an API key, or an operator with access to the machine's shell. */
  readonly kind: 'person' | 'api-key' | 'cli';
  /** The account, the key, or the name of the operator's account on the machine. */
  readonly id: string;
  /** As the audit shows it: an e-mail address, the key's name, the operator's account. */
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  /** The address that the request came from; undefined at the command line. */
  readonly address: string | undefined;
}

/** What each role may do. The auditor reads everything and changes nothing; operators see to the mail and to whom it is kept from. */
const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = Object.freeze({
  owner: PERMISSIONS,
  operator: PERMISSIONS.filter((each) => /:(read|command|content)$/.test(each) || each === 'bounces:write'),
  credentials: ['ledger:read', 'credentials:read', 'credentials:write', 'networks:read'],
  auditor: PERMISSIONS.filter((each) => each.endsWith(':read')),
});

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(ROLE_PERMISSIONS[role]);
}

/** The operator at the command line: whoever reaches the database may do everything, and is named in the audit. */
export function cliActor(account: string): Actor {
  return { kind: 'cli', id: account, name: account, permissions: permissionsOf('owner'), address: undefined };
}
