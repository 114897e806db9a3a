'use client';

import { TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { numberOrNull, textOf } from '../form/read-form.ts';
import { networkOf, NetworkFields } from './network-fields.tsx';

/** Lists a network: whose hosts may relay without a credential, and whom they may send as. */
export function AddNetwork({ onClose, onDone }: { readonly onClose: () => void; readonly onDone: () => void }) {
  return (
    <FormDialog
      title="List a network"
      says="Everything that connects from it may relay without signing in. Keep it as small as the devices that cannot sign in."
      verb="List it"
      busy="Listing…"
      submit={(form) => {
        const messagesPerHour = numberOrNull(form, 'perHour');
        const limits = messagesPerHour === null ? {} : { limits: { messagesPerHour } };
        return browserApi.addNetwork({ body: { cidr: textOf(form, 'cidr'), ...networkOf(form), ...limits } });
      }}
      onDone={onDone}
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
            autoComplete="off"
            spellCheck={false}
            error={faultOf(problem, 'cidr')}
          />
          <NetworkFields problem={problem} />
          <TextField
            label="Messages an hour"
            hint="At most, from all of its hosts together; empty for no limit. The other limits are on its page."
            name="perHour"
            type="number"
            min={1}
            max={2_000_000_000}
            error={faultOf(problem, 'limits')}
          />
        </>
      )}
    </FormDialog>
  );
}
