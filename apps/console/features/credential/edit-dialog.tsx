'use client';

import type { Credential } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { aboutOf, AboutFields } from '../submitter/about-fields.tsx';
import { ExpiresField, NetworksField, rightsOf, SendersField } from './right-fields.tsx';

/** Changes whom a credential may send as, from where, until when, and what it is for. */
export function EditCredential(props: {
  readonly credential: Credential;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  return (
    <FormDialog
      title={`Change ${credential.name}`}
      says="What is changed counts from the next message on, in open sessions too."
      verb="Change it"
      busy="Changing…"
      submit={(form) => {
        const body = {
          ...rightsOf(form),
          ...aboutOf(form),
          ...reasonOf(form),
        };
        return browserApi.updateCredential({ params: { credential: credential.id }, body });
      }}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SendersField initial={credential.senderRules} problem={problem} />
          <NetworksField initial={credential.networks} problem={problem} />
          <ExpiresField initial={credential.expiresAt} problem={problem} />
          <AboutFields submitter={credential} problem={problem} />
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
