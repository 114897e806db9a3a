'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Source } from '@postern/admin-contract';
import { IconButton } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Takes a source out of its pool. */
export function RemoveSource({ source, onDone }: { readonly source: Source; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <>
      <IconButton label={`Remove the source ${source.name}`} onClick={() => setAsked(true)}>
        <Trash2 aria-hidden />
      </IconButton>
      {asked && (
        <CommandDialog
          title={`Remove the source ${source.name}`}
          says={`The pool ${source.pool} goes on without it; what is under way is finished.`}
          verb="Remove it"
          kind="danger"
          reason="none"
          onClose={() => setAsked(false)}
          command={() => browserApi.removeSource({ params: { source: source.id } })}
          onDone={async () => onDone()}
        />
      )}
    </>
  );
}
