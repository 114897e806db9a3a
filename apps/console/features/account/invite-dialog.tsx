'use client';

import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { SecretDialog } from '../form/secret-dialog.tsx';
import { personOf, PersonFields } from './person-fields.tsx';

/** Invites a person; then shows the link, once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <FormDialog
      title="Invite a person"
      says="They get a link, good for three days, and choose their own password."
      verb="Make the link"
      busy="Making…"
      submit={(form) => browserApi.createInvitation({ body: personOf(form) })}
      onClose={onClose}
      shows={({ invitation, token }) => (
        <SecretDialog
          title={`A link for ${invitation.email}`}
          says="This is the only time that it is shown. Hand it over in a safe way: whoever opens it first makes the account."
          lines={[
            ['For', invitation.email],
            ['Link', `${window.location.origin}/invitation#${token}`],
          ]}
          onClose={onClose}
        />
      )}
    >
      {(problem) => <PersonFields emailHint="What they will sign in with." problem={problem} />}
    </FormDialog>
  );
}
