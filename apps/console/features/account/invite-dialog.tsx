'use client';

import { useState } from 'react';
import type { NewInvitation } from '@postern/admin-contract';
import { Dialog } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { CopiedButton, SecretLines } from '../form/secret-lines.tsx';
import { personOf, PersonFields } from './person-fields.tsx';

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
      submit={(form) => browserApi.createInvitation({ body: personOf(form) })}
      onDone={setMade}
      onClose={onClose}
    >
      {(problem) => <PersonFields emailHint="What they will sign in with." problem={problem} />}
    </FormDialog>
  );
}
