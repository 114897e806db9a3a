'use client';

import { TextField, Verbatim } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';

/** Saves a search under a name. */
export function SaveView(props: { readonly query: string; readonly onDone: () => void; readonly onClose: () => void }) {
  const { query, onDone, onClose } = props;
  return (
    <FormDialog
      title="Save this search"
      says="It is kept for your account. One of the same name is replaced; to share it, hand on the address of the page."
      verb="Save it"
      busy="Saving…"
      submit={(form) => browserApi.saveView({ body: { name: textOf(form, 'name'), query } })}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Verbatim text={query} className="rounded-md border border-line bg-sunken px-3 py-2" />
          <TextField
            label="Name"
            name="name"
            maxLength={80}
            required
            autoComplete="off"
            error={faultOf(problem, 'name') ?? faultOf(problem, 'query')}
          />
        </>
      )}
    </FormDialog>
  );
}
