'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Operation } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Ends an operation that is under way. */
export function StopOperation({ operation }: { readonly operation: Operation }) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  if (operation.state !== 'running') return null;
  return (
    <>
      <Button onClick={() => setAsked(true)}>Stop</Button>
      {asked && (
        <CommandDialog
          title="Stop this operation"
          says="What it has moved stays moved; the rest is left as it is."
          verb="Stop it"
          kind="danger"
          onClose={() => setAsked(false)}
          command={(body) => browserApi.cancelOperation({ params: { id: operation.id }, body })}
          onDone={() => router.refresh()}
        />
      )}
    </>
  );
}
