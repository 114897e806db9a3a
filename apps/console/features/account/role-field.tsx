import { ROLES, type Role } from '@postern/admin-contract';
import { SelectField } from '@postern/console-ui';

/** What each role may do. */
export const ROLE_SAYS: Readonly<Record<Role, string>> = {
  owner: 'owner: everything, accounts and keys too',
  operator: 'operator: sees everything, commands queues, messages and suppressions',
  credentials: 'credentials: makes and revokes credentials',
  auditor: 'auditor: sees everything, changes nothing',
};

/** The choice of a role. */
export function RoleField({ initial }: { readonly initial: Role }) {
  return (
    <SelectField label="Role" name="role" defaultValue={initial}>
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {ROLE_SAYS[role]}
        </option>
      ))}
    </SelectField>
  );
}

/** The role that was chosen. */
export function roleOf(form: FormData): Role {
  const given = form.get('role');
  return ROLES.find((role) => role === given) ?? 'auditor';
}
