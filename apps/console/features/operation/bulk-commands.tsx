'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { OperationKind } from '@postern/admin-contract';
import { Button, Menu, MenuItem } from '@postern/console-ui';
import { BulkDialog } from './bulk-dialog.tsx';
import { OPERATION_WORDS } from './words.ts';

const KINDS: readonly OperationKind[] = ['retry', 'hold', 'release', 'reroute', 'expire', 'bounce', 'cancel'];

/** Commands on everything that a query describes, not only on what is shown. */
export function BulkCommands({ query, onDone }: { readonly query: string; readonly onDone: () => void }) {
  const [asked, setAsked] = useState<OperationKind | undefined>(undefined);
  return (
    <>
      <Menu
        trigger={
          <Button>
            On all of these
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {KINDS.map((kind) => (
          <MenuItem key={kind} kind={OPERATION_WORDS[kind].harm ? 'danger' : 'plain'} onSelect={() => setAsked(kind)}>
            {OPERATION_WORDS[kind].verb}
          </MenuItem>
        ))}
      </Menu>
      {asked && <BulkDialog kind={asked} query={query} onClose={() => setAsked(undefined)} onDone={onDone} />}
    </>
  );
}
