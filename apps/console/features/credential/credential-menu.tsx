'use client';

import { Ban, CirclePause, CirclePlay, Siren } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { MenuItem } from '@postern/console-ui';
import { RowMenu } from '../table/row-menu.tsx';
import { type AskedState, CredentialStateDialog } from './state-dialog.tsx';

/** What can be done with a credential in its state. */
export function CredentialMenu({
  credential,
  onDone,
}: {
  readonly credential: Credential;
  readonly onDone: () => void;
}) {
  const [asked, setAsked] = useState<AskedState | undefined>(undefined);
  return (
    <>
      <RowMenu label={`Commands for ${credential.name}`}>
        {credential.state === 'active' && (
          <MenuItem icon={CirclePause} onSelect={() => setAsked('disable')}>
            Disable
          </MenuItem>
        )}
        {credential.state === 'disabled' && (
          <MenuItem icon={CirclePlay} onSelect={() => setAsked('enable')}>
            Enable
          </MenuItem>
        )}
        {credential.state !== 'revoked' && (
          <MenuItem icon={Ban} kind="danger" onSelect={() => setAsked('revoke')}>
            Revoke
          </MenuItem>
        )}
        <MenuItem icon={Siren} kind="danger" onSelect={() => setAsked('leak')}>
          Stop a leak
        </MenuItem>
      </RowMenu>
      <CredentialStateDialog
        credential={credential}
        asked={asked}
        onClose={() => setAsked(undefined)}
        onDone={onDone}
      />
    </>
  );
}
