import { expected, ok, type Reader } from './reading.ts';

const ROLES = ['owner', 'operator', 'credentials', 'auditor'];

/** Which value of a claim gives which role, in order: `mail-admins=owner,*=auditor`. */
export const roleMap: Reader<Readonly<Record<string, string>>> = (text) => {
  const pairs = text.split(',').map((each) => each.split('=').map((part) => part.trim()));
  const good = pairs.every(([value, role, ...more]) => value && role && ROLES.includes(role) && more.length === 0);
  return good
    ? ok(Object.fromEntries(pairs))
    : expected(`pairs such as mail-admins=owner,*=auditor with the roles ${ROLES.join(', ')}`);
};
