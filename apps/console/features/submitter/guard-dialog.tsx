'use client';

import { GUARD_MODES } from '@postern/admin-contract';
import { SelectField, TextField } from '@postern/console-ui';
import { EditDialog } from '../form/edit-dialog.tsx';
import { numberOrNull, reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told, type Told } from '../form/told.ts';
import { GUARD_MODE_SAYS, THRESHOLD_WORDS } from './guard-words.ts';
import type { Submitter, SubmitterChange, SubmitterEdits } from './submitter.ts';

/** Changes what the abuse guard does, and from where on. */
export function GuardDialog(props: {
  readonly edits: SubmitterEdits;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { edits, onDone, onClose } = props;
  return (
    <EditDialog
      title="Change the abuse guard"
      says="It learns what is usual, and acts when an hour departs strongly from that."
      verb="Change it"
      busy="Changing…"
      show={edits.show}
      tells={tells}
      submit={(form, options) => edits.update({ guard: guardOf(form), ...reasonOf(form) }, options)}
      onDone={onDone}
      onClose={onClose}
    >
      {({ guard: { mode, thresholds } }, problem) => (
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
    </EditDialog>
  );
}

function tells({ guard: { mode, thresholds } }: Submitter): readonly Told[] {
  const words = THRESHOLD_WORDS.map(({ name, word }, at) =>
    told(name, word.startsWith('and ') ? `${THRESHOLD_WORDS[at - 1]?.word}, ${word}` : word, thresholds[name]),
  );
  return [told('mode', 'What it does', mode), ...words];
}

function guardOf(form: FormData): NonNullable<SubmitterChange['guard']> {
  const mode = GUARD_MODES.find((each) => each === textOf(form, 'mode')) ?? 'observe';
  const thresholds = Object.fromEntries(THRESHOLD_WORDS.map(({ name }) => [name, numberOrNull(form, name) ?? 0]));
  return { mode, thresholds };
}
