'use client';

import type { Account } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { RoleField, roleOf } from './role-field.tsx';

/** Gives an account another role. */
export function RoleDialog(props: {
  readonly account: Account;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { account, onClose, onDone } = props;
  return (
    <FormDialog
      title={`The role of ${account.email}`}
      says="It holds from the next click on."
      verb="Change"
      busy="Changing…"
      submit={(form) => browserApi.setAccountRole({ params: { account: account.id }, body: { role: roleOf(form) } })}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {() => <RoleField initial={account.role} />}
    </FormDialog>
  );
}
