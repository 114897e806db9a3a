'use client';

import { Ellipsis, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Network, Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, IconButton, Menu, MenuItem } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

/** What can be done with a listed network. */
export function NetworkMenu({ network, onDone }: { readonly network: Network; readonly onDone: () => void }) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Commands for ${network.cidr}`} className="relative">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setRemoving(true)}>
          <Trash2 aria-hidden />
          <span className="text-bad">Remove</span>
        </MenuItem>
      </Menu>
      {removing && <RemoveNetwork network={network} onClose={() => setRemoving(false)} onDone={onDone} />}
    </>
  );
}

function RemoveNetwork(props: {
  readonly network: Network;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { network, onClose, onDone } = props;
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(true);
    const result = await browserApi.removeNetwork({ params: { network: network.id } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    onClose();
    onDone();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${network.cidr}`}
      says="Its hosts are refused from their next connection on, unless they sign in. Mail they have handed in goes out all the same."
    >
      {problem && (
        <Callout tone="bad" title={problem.title}>
          {problem.detail}
        </Callout>
      )}
      <div className="mt-4 flex flex-row-reverse gap-2">
        <Button kind="danger" disabled={asking} onClick={() => void remove()}>
          {asking ? 'Removing…' : 'Remove'}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </div>
    </Dialog>
  );
}
