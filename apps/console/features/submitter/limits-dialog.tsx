'use client';

import type { SubmitterLimits } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { EditDialog } from '../form/edit-dialog.tsx';
import { numberOrNull, reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told } from '../form/told.ts';
import { LIMIT_WORDS } from './limit-words.ts';
import type { SubmitterEdits } from './submitter.ts';

/** Changes limits; a field that is left empty takes its limit away. */
export function LimitsDialog(props: {
  readonly edits: SubmitterEdits;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { edits, onDone, onClose } = props;
  return (
    <EditDialog
      title="Change the limits"
      says="They hold in any minute, hour or day, over all processes, from the next message on. An empty field is no limit."
      verb="Change them"
      busy="Changing…"
      show={edits.show}
      tells={({ limits }) => LIMIT_WORDS.map(({ name, word }) => told(name, word, limits[name], 'no limit'))}
      submit={(form, options) => {
        const limits: { [Name in keyof SubmitterLimits]?: number | null } = {};
        for (const { name } of LIMIT_WORDS) limits[name] = numberOrNull(form, name);
        return edits.update({ limits, ...reasonOf(form) }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {({ limits }, problem) => (
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
                defaultValue={limits[name] ?? ''}
                error={problem?.errors?.find(({ field }) => field === `body.limits.${name}`)?.message}
              />
            ))}
          </div>
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
