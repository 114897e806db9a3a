'use client';

import type { Permission } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { SecretDialog } from '../form/secret-dialog.tsx';
import { PermissionFields, permissionsOf } from './permission-fields.tsx';

const DAY_MS = 86_400_000;

/** Makes an API key: what it is for and what it may do; then shows it, once. */
export function CreateApiKey(props: {
  /** What the viewer may do: nobody gives a key more. */
  readonly permissions: readonly Permission[];
  readonly onClose: () => void;
}) {
  const { permissions, onClose } = props;
  return (
    <FormDialog
      title="Create an API key"
      says="For one program, so that it can be revoked alone."
      verb="Create"
      busy="Creating…"
      submit={(form) => {
        const days = Number(textOf(form, 'days'));
        const expiresAt = days > 0 ? new Date(Date.now() + days * DAY_MS).toISOString() : null;
        const body = { name: textOf(form, 'name'), permissions: permissionsOf(form), expiresAt };
        return browserApi.createApiKey({ body });
      }}
      onClose={onClose}
      shows={({ apiKey, key }) => (
        <SecretDialog
          title={`${apiKey.name} is ready`}
          says="This is the only time that the key is shown. Copy it now."
          lines={[
            ['Key', key],
            ['Header', `Authorization: Bearer ${key}`],
          ]}
          onClose={onClose}
        />
      )}
    >
      {(problem) => (
        <>
          <TextField
            label="Name"
            hint="What it is for, such as monitoring or deploy-script."
            name="name"
            maxLength={64}
            required
            autoComplete="off"
            error={faultOf(problem, 'name')}
          />
          <PermissionFields given={permissions} error={faultOf(problem, 'permissions')} />
          <TextField
            label="Expires after days"
            hint="Empty for never."
            name="days"
            type="number"
            min={1}
            max={3650}
            error={faultOf(problem, 'expiresAt')}
          />
        </>
      )}
    </FormDialog>
  );
}
