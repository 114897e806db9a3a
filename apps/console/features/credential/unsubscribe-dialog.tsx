'use client';

import type { Credential, UnsubscribeSettings } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { told } from '../form/told.ts';

/** Says where recipients of a credential's mail unsubscribe. */
export function UnsubscribeDialog(props: {
  readonly credential: Credential;
  readonly onDone: (settings: UnsubscribeSettings) => void;
  readonly onClose: () => void;
}) {
  const { credential, onDone, onClose } = props;
  const params = { credential: credential.id };
  return (
    <EditDialog
      title={`Unsubscribe links of ${credential.name}`}
      says="Added to its messages to one recipient that have none: List-Unsubscribe, and one click (RFC 8058) where they are signed."
      verb="Save"
      busy="Saving…"
      show={() => browserApi.showUnsubscribe({ params })}
      tells={({ template }) => [told('template', 'Address of your unsubscribe page', template)]}
      submit={(form, options) => {
        const template = textOf(form, 'template') || null;
        return browserApi.updateUnsubscribe({ params, body: { template, ...reasonOf(form) } }, options);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {({ template }, problem) => (
        <>
          <TextField
            label="Address of your unsubscribe page"
            hint="https://example.org/u?r={recipient}&t={token}. The key that makes {token} is shown by postern credential unsubscribe --key. Empty: nothing is added."
            name="template"
            maxLength={400}
            autoComplete="off"
            spellCheck={false}
            defaultValue={template ?? ''}
            error={faultOf(problem, 'template')}
          />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
