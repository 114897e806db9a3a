'use client';

import { LinesField, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { linesOf, textOf } from '../form/read-form.ts';

/** Lists a network: whose hosts may relay without a credential, and whom they may send as. */
export function AddNetwork({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="List a network"
      says="Everything that connects from it may relay without signing in. Keep it as small as the devices that cannot sign in."
      verb="List it"
      busy="Listing…"
      submit={(form) => {
        const senderRules = linesOf(form, 'senders');
        const body = { cidr: textOf(form, 'cidr'), ...(senderRules.length > 0 ? { senderRules } : {}) };
        return browserApi.addNetwork({ body });
      }}
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Network"
            hint="A CIDR or one address: 192.0.2.0/24, 2001:db8::/64, 192.0.2.7."
            name="cidr"
            maxLength={49}
            required
            autoFocus
            autoComplete="off"
            spellCheck={false}
            error={faultOf(problem, 'cidr')}
          />
          <LinesField
            label="Its hosts may send as"
            hint="One a line: an address, or a whole domain as @example.org; empty for anyone."
            name="senders"
            rows={3}
            spellCheck={false}
            autoCapitalize="none"
            error={faultOf(problem, 'senderRules')}
          />
        </>
      )}
    </FormDialog>
  );
}
