'use client';

import { useState } from 'react';
import type { Credential, Identity } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';

const ASKED: Readonly<Record<Identity['kind'], { readonly label: string; readonly hint: string }>> = {
  certificate: {
    label: 'SHA-256 fingerprint',
    hint: 'As openssl x509 -noout -fingerprint -sha256 -in FILE tells it.',
  },
  subject: {
    label: 'Subject',
    hint: 'As in O=Lab, CN=device. The authority is one of POSTERN_CLIENT_AUTHORITIES.',
  },
  token: { label: 'What its claim says', hint: 'The value of the claim that POSTERN_TOKEN_CLAIM names.' },
};

function kindOf(chosen: string): Identity['kind'] {
  return chosen === 'token' || chosen === 'subject' ? chosen : 'certificate';
}

/** Binds a client certificate or a token claim to a credential. */
export function AddIdentity(props: {
  readonly credential: Credential;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  const [kind, setKind] = useState<Identity['kind']>('certificate');
  return (
    <FormDialog
      title="Bind a certificate or a token"
      says={`Whoever shows it submits as ${credential.name}, without its secret.`}
      verb="Bind it"
      busy="Binding…"
      submit={(form) =>
        browserApi.addIdentity({ params: { credential: credential.id }, body: { kind, value: textOf(form, 'value') } })
      }
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SelectField label="Kind" value={kind} onChange={(event) => setKind(kindOf(event.target.value))}>
            <option value="certificate">A client certificate</option>
            <option value="subject">The subject of client certificates of your authority</option>
            <option value="token">A token of the OpenID provider</option>
          </SelectField>
          <TextField
            label={ASKED[kind].label}
            hint={ASKED[kind].hint}
            name="value"
            maxLength={255}
            required
            autoComplete="off"
            spellCheck={false}
            error={faultOf(problem, 'value')}
          />
        </>
      )}
    </FormDialog>
  );
}
