import type { Network } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Removes a network from the list, once asked. */
export function RemoveNetwork(props: {
  readonly network: Network;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { network, onClose, onDone } = props;
  return (
    <CommandDialog
      title={`Remove ${network.cidr}`}
      says="Its hosts are refused from their next connection on, unless they sign in. Mail they have handed in goes out all the same."
      verb="Remove"
      kind="danger"
      onClose={onClose}
      command={(body) => browserApi.removeNetwork({ params: { network: network.id }, body })}
      onDone={onDone}
    />
  );
}
