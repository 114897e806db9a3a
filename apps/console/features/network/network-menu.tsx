'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '@postern/admin-contract';
import { MenuItem } from '@postern/console-ui';
import { RowMenu } from '../table/row-menu.tsx';
import { EditNetwork } from './edit-dialog.tsx';
import { RemoveNetwork } from './remove-network.tsx';

/** What can be done with a listed network. */
export function NetworkMenu({ network, onDone }: { readonly network: Network; readonly onDone: () => void }) {
  const [asked, setAsked] = useState<'edit' | 'remove' | undefined>(undefined);
  const onClose = () => setAsked(undefined);
  return (
    <>
      <RowMenu label={`Commands for ${network.cidr}`}>
        <MenuItem icon={Pencil} onSelect={() => setAsked('edit')}>
          Change
        </MenuItem>
        <MenuItem icon={Trash2} kind="danger" onSelect={() => setAsked('remove')}>
          Remove
        </MenuItem>
      </RowMenu>
      {asked === 'edit' && <EditNetwork network={network} onClose={onClose} onDone={onDone} />}
      {asked === 'remove' && <RemoveNetwork network={network} onClose={onClose} onDone={onDone} />}
    </>
  );
}
