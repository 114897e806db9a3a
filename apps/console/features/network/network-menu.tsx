'use client';

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem } from '@postern/console-ui';
import { EditNetwork } from './edit-dialog.tsx';
import { RemoveNetwork } from './remove-network.tsx';

/** What can be done with a listed network. */
export function NetworkMenu({ network, onDone }: { readonly network: Network; readonly onDone: () => void }) {
  const [asked, setAsked] = useState<'edit' | 'remove' | undefined>(undefined);
  const onClose = () => setAsked(undefined);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Commands for ${network.cidr}`} className="relative">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setAsked('edit')}>
          <Pencil aria-hidden />
          Change
        </MenuItem>
        <MenuItem onSelect={() => setAsked('remove')}>
          <Trash2 aria-hidden />
          <span className="text-bad">Remove</span>
        </MenuItem>
      </Menu>
      {asked === 'edit' && <EditNetwork network={network} onClose={onClose} onDone={onDone} />}
      {asked === 'remove' && <RemoveNetwork network={network} onClose={onClose} onDone={onDone} />}
    </>
  );
}
