'use client';

import type { Credential } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { aboutOf, AboutFields, toldOfAbout } from '../submitter/about-fields.tsx';
import { ExpiresField, NetworksField, rightsOf, SendersField, toldOfRights } from './right-fields.tsx';

/** Changes whom a credential may send as, from where, until when, and what it is for. */
export function EditCredential(props: {
  readonly credential: Credential;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  const params = { credential: credential.id };
  return (
    <EditDialog
      title={`Change ${credential.name}`}
      says="What is changed counts from the next message on, in open sessions too."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showCredential({ params })}
      tells={(now) => [...toldOfRights(now), ...toldOfAbout(now)]}
      submit={(form, options) => {
        const body = {
          ...rightsOf(form),
          ...aboutOf(form),
          ...reasonOf(form),
        };
        return browserApi.updateCredential({ params, body }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(now, problem) => (
        <>
          <SendersField initial={now.senderRules} problem={problem} />
          <NetworksField initial={now.networks} problem={problem} />
          <ExpiresField initial={now.expiresAt} problem={problem} />
          <AboutFields submitter={now} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
