'use client';

import type { Credential, UnsubscribeSettings } from '@postern/admin-contract';
import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';

/** Says where recipients of a credential's mail unsubscribe. */
export function UnsubscribeDialog(props: {
  readonly credential: Credential;
  readonly settings: UnsubscribeSettings;
  readonly onDone: (settings: UnsubscribeSettings) => void;
  readonly onClose: () => void;
}) {
  const { credential, settings, onDone, onClose } = props;
  return (
    <FormDialog
      title={`Unsubscribe links of ${credential.name}`}
      says="Added to its messages to one recipient that have none: List-Unsubscribe, and one click (RFC 8058) where they are signed."
      verb="Save"
      busy="Saving…"
      submit={(form) => {
        const template = textOf(form, 'template');
        const params = { credential: credential.id };
        return browserApi.updateUnsubscribe({ params, body: { template: template === '' ? null : template } });
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <TextField
          label="Address of your unsubscribe page"
          hint="https://example.org/u?r={recipient}&t={token}. The key that makes {token} is shown by postern credential unsubscribe --key. Empty: nothing is added."
          name="template"
          maxLength={400}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          defaultValue={settings.template ?? ''}
          error={faultOf(problem, 'template')}
        />
      )}
    </FormDialog>
  );
}
