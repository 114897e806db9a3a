'use client';

import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';

/** Suppresses an address by hand. */
export function AddSuppression({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="Send to an address no more"
      says="Mail to it is accepted and put down as suppressed, or refused at RCPT where its credential says so."
      verb="Suppress it"
      busy="Suppressing…"
      submit={(form) => {
        const [reason, scope] = [textOf(form, 'reason'), textOf(form, 'scope')];
        const body = { address: textOf(form, 'address'), ...(scope ? { scope } : {}), ...(reason ? { reason } : {}) };
        return browserApi.addSuppression({ body });
      }}
      onDone={onDone}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Address"
            name="address"
            maxLength={320}
            required
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            error={faultOf(problem, 'address')}
          />
          <TextField
            label="Only for mail from"
            hint="A sender or a domain as @example.org; empty for every sender."
            name="scope"
            maxLength={320}
            autoComplete="off"
            spellCheck={false}
            error={faultOf(problem, 'scope')}
          />
          <TextField
            label="Reason"
            name="reason"
            maxLength={500}
            autoComplete="off"
            error={faultOf(problem, 'reason')}
          />
        </>
      )}
    </FormDialog>
  );
}
