'use client';

import { useState } from 'react';
import type { BounceSettings, Credential, Problem } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { faultOf } from '../form/fault-of.ts';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told, type Told } from '../form/told.ts';
import { BounceThresholds, thresholdsIn, toldThresholds } from './bounce-thresholds.tsx';

/** Changes to whom DSNs go, what becomes of suppressed recipients, and what too high a rate does. */
export function BounceDialog(props: {
  readonly credential: Credential;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  const params = { credential: credential.id };
  return (
    <EditDialog
      title={`Bounces of ${credential.name}`}
      says="What is chosen here counts from now on."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showBounceSettings({ params })}
      tells={tells}
      submit={(form, options) => {
        const dsn = textOf(form, 'dsn');
        const body = {
          dsn: dsn === 'address' ? textOf(form, 'address') : dsn,
          suppressed: textOf(form, 'suppressed') === 'refuse' ? 'refuse' : 'record',
          signedPaths: textOf(form, 'signed') === 'yes',
          ...thresholdsIn(form),
          ...reasonOf(form),
        } as const;
        return browserApi.updateBounceSettings({ params, body }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(settings, problem) => <BounceFields settings={settings} problem={problem} />}
    </EditDialog>
  );
}

const SUPPRESSED_WORDS = { record: 'is accepted, recorded and not sent to', refuse: 'is refused at RCPT' } as const;

function BounceFields({
  settings,
  problem,
}: {
  readonly settings: BounceSettings;
  readonly problem: Problem | undefined;
}) {
  const [dsn, setDsn] = useState(isAddress(settings.dsn) ? 'address' : settings.dsn);
  return (
    <>
      <SelectField label="DSNs go" name="dsn" value={dsn} onChange={(event) => setDsn(event.target.value)}>
        <option value="reverse-path">to the reverse-path</option>
        <option value="address">to an address</option>
        <option value="off">to nobody</option>
      </SelectField>
      <div hidden={dsn !== 'address'}>
        <TextField
          label="Address for DSNs"
          name="address"
          maxLength={320}
          required={dsn === 'address'}
          autoComplete="off"
          spellCheck={false}
          defaultValue={isAddress(settings.dsn) ? settings.dsn : ''}
          error={faultOf(problem, 'dsn')}
        />
      </div>
      <SelectField label="A suppressed recipient" name="suppressed" defaultValue={settings.suppressed}>
        {Object.entries(SUPPRESSED_WORDS).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </SelectField>
      <SelectField label="Return-paths" name="signed" defaultValue={settings.signedPaths ? 'yes' : 'no'}>
        <option value="no">as the client gives them</option>
        <option value="yes">signed by us, so that what comes back is known</option>
      </SelectField>
      <BounceThresholds settings={settings} problem={problem} />
      <ReasonField />
    </>
  );
}

function tells(settings: BounceSettings): readonly Told[] {
  const { dsn, suppressed, signedPaths } = settings;
  return [
    told('dsn', 'DSNs go', dsn),
    told('suppressed', 'A suppressed recipient', SUPPRESSED_WORDS[suppressed]),
    told('signed', 'Return-paths', signedPaths ? 'signed by us' : 'as the client gives them'),
    ...toldThresholds(settings),
  ];
}

function isAddress(dsn: string): boolean {
  return dsn !== 'off' && dsn !== 'reverse-path';
}
