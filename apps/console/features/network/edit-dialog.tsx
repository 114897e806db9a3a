'use client';

import type { Network } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { networkOf, NetworkFields } from './network-fields.tsx';

/** Changes whom the hosts of a listed network may send as, and what it is for. */
export function EditNetwork(props: {
  readonly network: Network;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { network, onDone, onClose } = props;
  return (
    <FormDialog
      title={`Change ${network.cidr}`}
      says="What is changed counts from the next message on."
      verb="Change it"
      busy="Changing…"
      submit={(form) =>
        browserApi.updateNetwork({
          params: { network: network.id },
          body: { ...networkOf(form), ...reasonOf(form) },
        })
      }
      onDone={() => {
        onClose();
        onDone();
      }}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <NetworkFields network={network} problem={problem} />
          <ReasonField />
        </>
      )}
    </FormDialog>
  );
}
