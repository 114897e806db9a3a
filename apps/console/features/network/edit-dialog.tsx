'use client';

import type { Network } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { EditDialog } from '../form/edit-dialog.tsx';
import { reasonOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { NetworkFields, networkOf, toldOfNetwork } from './network-fields.tsx';

/** Changes whom the hosts of a listed network may send as, and what it is for. */
export function EditNetwork(props: {
  readonly network: Network;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { network, onDone, onClose } = props;
  const params = { network: network.id };
  return (
    <EditDialog
      title={`Change ${network.cidr}`}
      says="What is changed counts from the next message on."
      verb="Change it"
      busy="Changing…"
      show={() => browserApi.showNetwork({ params })}
      tells={toldOfNetwork}
      submit={(form, options) =>
        browserApi.updateNetwork({ params, body: { ...networkOf(form), ...reasonOf(form) } }, options)
      }
      onDone={onDone}
      onClose={onClose}
    >
      {(now, problem) => (
        <>
          <NetworkFields network={now} problem={problem} />
          <ReasonField />
        </>
      )}
    </EditDialog>
  );
}
