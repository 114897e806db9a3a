'use client';

import type { Credential } from '@postern/admin-contract';
import { LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { localTimeOf } from '../form/local-time.ts';
import { instantOrNull, linesOf, reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { aboutOf, AboutFields } from '../submitter/about-fields.tsx';

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
          senderRules: linesOf(form, 'senders'),
          networks: linesOf(form, 'networks'),
          expiresAt: instantOrNull(form, 'expires'),
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
          <LinesField
            label="May send as"
            hint="One a line: an address, or a whole domain as @example.org."
            name="senders"
            rows={3}
            required
            spellCheck={false}
            defaultValue={credential.senderRules.join('\n')}
            error={faultOf(problem, 'senderRules')}
          />
          <LinesField
            label="Only from these networks"
            hint="One address or CIDR a line; empty for anywhere."
            name="networks"
            rows={2}
            spellCheck={false}
            defaultValue={credential.networks.join('\n')}
            error={faultOf(problem, 'networks')}
          />
          <TextField
            label="Expires"
            hint="In your time zone; empty for never."
            name="expires"
            type="datetime-local"
            defaultValue={localTimeOf(credential.expiresAt)}
            error={faultOf(problem, 'expiresAt')}
          />
          <AboutFields submitter={credential} problem={problem} />
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
