'use client';

import type { Account } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told } from '../form/told.ts';
import { RoleField, roleOf } from './role-field.tsx';

/** Gives an account another role. */
export function RoleDialog(props: {
  readonly account: Account;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { account, onClose, onDone } = props;
  const params = { account: account.id };
  return (
    <EditDialog
      title={`The role of ${account.email}`}
      says="It holds from the next click on."
      verb="Change"
      busy="Changing…"
      show={() => browserApi.showAccount({ params })}
      tells={({ role }) => [told('role', 'Role', role)]}
      submit={(form, options) =>
        browserApi.setAccountRole({ params, body: { role: roleOf(form), ...reasonOf(form) } }, options)
      }
      onDone={onDone}
      onClose={onClose}
    >
      {({ role }) => (
        <>
          <RoleField initial={role} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
