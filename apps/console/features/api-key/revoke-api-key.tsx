'use client';

import { useState } from 'react';
import type { ApiKey } from '@postern/admin-contract';
import { Button } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Revokes a key, once asked; nothing once it is revoked. */
export function RevokeApiKey({ apiKey, onDone }: { readonly apiKey: ApiKey; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  if (apiKey.state === 'revoked') return null;
  return (
    <>
      <Button kind="danger" aria-label={`Revoke ${apiKey.name}`} onClick={() => setAsked(true)}>
        Revoke
      </Button>
      {asked && (
        <CommandDialog
          title={`Revoke ${apiKey.name}`}
          says="The next request that shows it is refused. This cannot be taken back."
          verb="Revoke"
          kind="danger"
          onClose={() => setAsked(false)}
          command={(body) => browserApi.revokeApiKey({ params: { apiKey: apiKey.id }, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
