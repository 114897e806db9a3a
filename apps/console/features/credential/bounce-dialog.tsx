'use client';

import { useState } from 'react';
import type { BounceSettings, Credential } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';

/** Changes to whom DSNs go, and what becomes of suppressed recipients. */
export function BounceDialog(props: {
  readonly credential: Credential;
  readonly settings: BounceSettings;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, settings, onDone, onClose } = props;
  const isWord = settings.dsn === 'off' || settings.dsn === 'reverse-path';
  const [dsn, setDsn] = useState(isWord ? settings.dsn : 'address');
  return (
    <FormDialog
      title={`Bounces of ${credential.name}`}
      says="They count for what is submitted from now on."
      verb="Change it"
      busy="Changing…"
      submit={(form) =>
        browserApi.updateBounceSettings({
          params: { credential: credential.id },
          body: {
            dsn: dsn === 'address' ? textOf(form, 'address') : dsn,
            suppressed: textOf(form, 'suppressed') === 'refuse' ? 'refuse' : 'record',
            signedPaths: textOf(form, 'signed') === 'yes',
            ...reasonOf(form),
          },
        })
      }
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SelectField label="DSNs go" value={dsn} onChange={(event) => setDsn(event.target.value)}>
            <option value="reverse-path">to the reverse-path</option>
            <option value="address">to an address</option>
            <option value="off">to nobody</option>
          </SelectField>
          {dsn === 'address' && (
            <TextField
              label="Address for DSNs"
              name="address"
              maxLength={320}
              required
              autoComplete="off"
              spellCheck={false}
              defaultValue={isWord ? '' : settings.dsn}
              error={faultOf(problem, 'dsn')}
            />
          )}
          <SelectField label="A suppressed recipient" name="suppressed" defaultValue={settings.suppressed}>
            <option value="record">is accepted, recorded and not sent to</option>
            <option value="refuse">is refused at RCPT</option>
          </SelectField>
          <SelectField label="Return-paths" name="signed" defaultValue={settings.signedPaths ? 'yes' : 'no'}>
            <option value="no">as the client gives them</option>
            <option value="yes">signed by us, so that what comes back is known</option>
          </SelectField>
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
