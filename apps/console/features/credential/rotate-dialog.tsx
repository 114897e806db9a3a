'use client';

import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { Dialog, SelectField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { instantOrNull, numberOrNull, reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { NewSecret } from './new-secret.tsx';

type Old = 'unused' | 'at' | 'now';
const UNUSED_DAYS = 7;

/** Gives a credential a new secret, shown once, and says how long the old one stays good. */
export function RotateSecret(props: {
  readonly credential: Credential;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  const [old, setOld] = useState<Old>('unused');
  return (
    <FormDialog
      title={`Rotate the secret of ${credential.name}`}
      says="A new secret is made now. The old one stays good for as long as you say, so that nothing has to change at the same moment."
      verb="Rotate it"
      busy="Rotating…"
      submit={(form) =>
        browserApi.rotateCredential({
          params: { credential: credential.id },
          body: { ...oldOf(old, form), ...reasonOf(form) },
        })
      }
      onDone={onDone}
      onClose={onClose}
      shows={(made) => (
        <Dialog
          title={`${credential.name} has a new secret`}
          says="This is the only time that it is shown. Copy it now."
          onClose={onClose}
        >
          <NewSecret made={made} onDone={onClose} />
        </Dialog>
      )}
    >
      {(problem) => (
        <>
          <SelectField
            label="The old secret"
            value={old}
            onChange={(event) =>
              setOld(event.target.value === 'at' || event.target.value === 'now' ? event.target.value : 'unused')
            }
          >
            <option value="unused">retires when it was not used for some days</option>
            <option value="at">retires at a time</option>
            <option value="now">retires now: it has leaked</option>
          </SelectField>
          {old === 'unused' && (
            <TextField
              label="Days without use"
              name="days"
              type="number"
              min={1}
              max={3650}
              required
              defaultValue={UNUSED_DAYS}
              error={faultOf(problem, 'retireUnusedDays')}
            />
          )}
          {old === 'at' && (
            <TextField
              label="Retires"
              hint="In your time zone."
              name="at"
              type="datetime-local"
              required
              error={faultOf(problem, 'retireAt')}
            />
          )}
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}

function oldOf(old: Old, form: FormData) {
  if (old === 'now') return { retireNow: true };
  if (old === 'unused') return { retireUnusedDays: numberOrNull(form, 'days') ?? UNUSED_DAYS };
  const retireAt = instantOrNull(form, 'at');
  return retireAt === null ? {} : { retireAt };
}
