'use client';

import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { SourceFields, sourceOf } from './source-fields.tsx';

/** Adds a source to a pool. */
export function AddSource({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Add a source"
      says="Addresses of this machine that mail leaves from. Every delivering machine needs them on an interface; one that has not is shown."
      verb="Add it"
      busy="Adding…"
      submit={(form) => browserApi.addSource({ body: { name: textOf(form, 'name'), ...sourceOf(form) } })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => <SourceFields source={undefined} problem={problem} />}
    </FormDialog>
  );
}
