'use client';

import type { Source } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { SourceFields, sourceOf, toldOfSource } from './source-fields.tsx';

/** Changes a source: its pool, its addresses, the name said there, its weight and its warm-up. */
export function ChangeSource(props: {
  readonly source: Source;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { source, onClose, onDone } = props;
  const params = { source: source.id };
  return (
    <EditDialog
      title={`Change the source ${source.name}`}
      says="It counts for the next connection on. Every delivering machine needs the addresses on an interface."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showSource({ params })}
      tells={toldOfSource}
      submit={(form, options) => {
        const from = (['kept', 'today'] as const).find((each) => each === textOf(form, 'warmUpFrom'));
        const body = { ...sourceOf(form), ...(from ? { warmUpFrom: from } : {}), ...reasonOf(form) };
        return browserApi.updateSource({ params, body }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(now, problem) => (
        <>
          <SourceFields source={now} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
