'use client';

import { Ban, CirclePause, CirclePlay, Ellipsis, Siren } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem } from '@postern/console-ui';
import { CommandDialog } from '../command/command-dialog.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What can be done with a credential in its state. */
export function CredentialMenu({
  credential,
  onDone,
}: {
  readonly credential: Credential;
  readonly onDone: () => void;
}) {
  const [asked, setAsked] = useState<'disable' | 'enable' | 'revoke' | 'leak' | undefined>(undefined);
  const onClose = () => setAsked(undefined);
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
      {(asked === 'disable' || asked === 'revoke' || asked === 'leak') && (
        <WithdrawDialog credential={credential} what={asked} onClose={onClose} onDone={onDone} />
      )}
      {asked === 'enable' && (
        <CommandDialog
          title={`Enable ${credential.name}`}
          says="It is accepted again, with the same secret."
          verb="Enable"
          kind="primary"
          onClose={onClose}
          command={(body) => browserApi.enableCredential({ params: { credential: credential.id }, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
