'use client';

import { useState } from 'react';
import type { NewInvitation } from '@postern/admin-contract';
import { Dialog, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { CopiedButton, SecretLines } from '../form/secret-lines.tsx';
import { RoleField, roleOf } from './role-field.tsx';

/** Invites a person; then shows the link, once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [made, setMade] = useState<NewInvitation | undefined>(undefined);
  if (made) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`A link for ${made.invitation.email}`}
        says="This is the only time that it is shown. Hand it over in a safe way: whoever opens it first makes the account."
      >
        <div className="flex flex-col gap-4">
          <SecretLines
            lines={[
              ['For', made.invitation.email],
              ['Link', `${window.location.origin}/invitation#${made.token}`],
            ]}
          />
          <CopiedButton onDone={onClose} />
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title="Invite a person"
      says="They get a link, good for three days, and choose their own password."
      verb="Make the link"
      busy="Making…"
      submit={(form) =>
        browserApi.createInvitation({
          body: { email: textOf(form, 'email'), name: textOf(form, 'name'), role: roleOf(form) },
        })
      }
      onDone={setMade}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="E-mail address"
            hint="What they will sign in with."
            name="email"
            type="email"
            maxLength={254}
            required
            autoFocus
            autoComplete="off"
            error={faultOf(problem, 'email')}
          />
          <TextField
            label="Name"
            name="name"
            maxLength={100}
            required
            autoComplete="off"
            error={faultOf(problem, 'name')}
          />
          <RoleField initial="operator" />
        </>
      )}
    </FormDialog>
  );
}
