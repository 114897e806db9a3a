'use client';

import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '@postern/admin-contract';
import { MenuItem } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RowMenu } from '../table/row-menu.tsx';
import { ChangeSource } from './change-source.tsx';

/** What can be done with a source; `last`: nothing else is in its pool, as far as is shown. */
export function SourceMenu(props: { readonly source: Source; readonly last: boolean; readonly onDone: () => void }) {
  const { source, last, onDone } = props;
  const [asked, setAsked] = useState<'change' | 'remove' | undefined>(undefined);
  const close = () => setAsked(undefined);
  return (
    <>
      <RowMenu label={`Commands for the source ${source.name}`}>
        <MenuItem icon={Pencil} onSelect={() => setAsked('change')}>
          Change
        </MenuItem>
        <MenuItem icon={Trash2} kind="danger" onSelect={() => setAsked('remove')}>
          Remove
        </MenuItem>
      </RowMenu>
      {asked === 'change' && <ChangeSource source={source} onClose={close} onDone={onDone} />}
      {asked === 'remove' && (
        <CommandDialog
          title={`Remove the source ${source.name}`}
          says={
            last ? saysOfLast(source) : `The pool ${source.pool} goes on without it; what is under way is finished.`
          }
          verb="Remove it"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.removeSource({ params: { source: source.id }, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}

function saysOfLast({ pool }: Source): string {
  return pool === 'default'
    ? 'It is the last one of the pool “default”: the system chooses the address from then on.'
    : `It is the last one of the pool “${pool}”: mail that leaves from that pool waits until there is another one, or its rule is removed.`;
}
