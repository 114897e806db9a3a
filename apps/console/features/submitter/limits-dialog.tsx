'use client';

import type { SubmitterLimits } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { FormDialog } from '../form/form-dialog.tsx';
import { numberOrNull, reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { LIMIT_WORDS } from './limit-words.ts';
import type { Submitter, UpdateSubmitter } from './submitter.ts';

/** Changes limits; a field that is left empty takes its limit away. */
export function LimitsDialog(props: {
  readonly submitter: Submitter;
  readonly update: UpdateSubmitter;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { submitter, update, onDone, onClose } = props;
  return (
    <FormDialog
      title="Change the limits"
      says="They hold in any minute, hour or day, over all processes, from the next message on. An empty field is no limit."
      verb="Change them"
      busy="Changing…"
      submit={(form) => {
        const limits: { [Name in keyof SubmitterLimits]?: number | null } = {};
        for (const { name } of LIMIT_WORDS) limits[name] = numberOrNull(form, name);
        return update({ limits, ...reasonOf(form) });
      }}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <div className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3">
            {LIMIT_WORDS.map(({ name, word }) => (
              <TextField
                key={name}
                label={word}
                name={name}
                type="number"
                min={1}
                max={2_000_000_000}
                step={1}
                inputMode="numeric"
                defaultValue={submitter.limits[name] ?? ''}
                error={problem?.errors?.find(({ field }) => field === `body.limits.${name}`)?.message}
              />
            ))}
          </div>
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
