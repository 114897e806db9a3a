'use client';

import { Ban, CirclePause, CirclePlay, Ellipsis, Siren } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem } from '@postern/console-ui';
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
      <Menu
        trigger={
          <IconButton label={`Commands for ${credential.name}`} className="relative">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {credential.state === 'active' && (
          <MenuItem onSelect={() => setAsked('disable')}>
            <CirclePause aria-hidden />
            Disable
          </MenuItem>
        )}
        {credential.state === 'disabled' && (
          <MenuItem onSelect={() => setAsked('enable')}>
            <CirclePlay aria-hidden />
            Enable
          </MenuItem>
        )}
        {credential.state !== 'revoked' && (
          <MenuItem onSelect={() => setAsked('revoke')}>
            <Ban aria-hidden />
            <span className="text-bad">Revoke</span>
          </MenuItem>
        )}
        <MenuItem onSelect={() => setAsked('leak')}>
          <Siren aria-hidden />
          <span className="text-bad">Stop a leak</span>
        </MenuItem>
      </Menu>
      <CredentialStateDialog
        credential={credential}
        asked={asked}
        onClose={() => setAsked(undefined)}
        onDone={onDone}
      />
    </>
  );
}
