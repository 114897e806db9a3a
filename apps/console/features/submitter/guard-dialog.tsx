'use client';

import { GUARD_MODES } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { FormDialog } from '../form/form-dialog.tsx';
import { numberOrNull, reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { GUARD_MODE_SAYS, THRESHOLD_WORDS } from './guard-words.ts';
import type { Submitter, SubmitterChange, UpdateSubmitter } from './submitter.ts';

/** Changes what the abuse guard does, and from where on. */
export function GuardDialog(props: {
  readonly submitter: Submitter;
  readonly update: UpdateSubmitter;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { submitter, update, onDone, onClose } = props;
  const { mode, thresholds } = submitter.guard;
  return (
    <FormDialog
      title="Change the abuse guard"
      says="It learns what is usual, and acts when an hour departs strongly from that."
      verb="Change it"
      busy="Changing…"
      submit={(form) => update({ guard: guardOf(form), ...reasonOf(form) })}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <SelectField label="What it does" name="mode" defaultValue={mode}>
            {GUARD_MODES.map((each) => (
              <option key={each} value={each}>
                {GUARD_MODE_SAYS[each]}
              </option>
            ))}
          </SelectField>
          <div className="grid grid-cols-2 items-end gap-3">
            {THRESHOLD_WORDS.map(({ name, word }) => (
              <TextField
                key={name}
                label={word}
                name={name}
                type="number"
                step="any"
                min={0}
                required
                defaultValue={thresholds[name]}
                error={problem?.errors?.find(({ field }) => field === `body.guard.thresholds.${name}`)?.message}
              />
            ))}
          </div>
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}

function guardOf(form: FormData): NonNullable<SubmitterChange['guard']> {
  const mode = GUARD_MODES.find((each) => each === textOf(form, 'mode')) ?? 'observe';
  const thresholds = Object.fromEntries(THRESHOLD_WORDS.map(({ name }) => [name, numberOrNull(form, name) ?? 0]));
  return { mode, thresholds };
}
