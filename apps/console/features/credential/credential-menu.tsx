'use client';

import { Ban, CirclePause, CirclePlay, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { IconButton, Menu, MenuItem } from '@postern/console-ui';
import { CommandDialog } from '../command/command-dialog.tsx';
import { browserApi } from '../../live/browser-api.ts';

type Verb = 'disable' | 'enable' | 'revoke';

/** What can be done with a credential in its state; nothing once it is revoked. */
export function CredentialMenu({
  credential,
  onDone,
}: {
  readonly credential: Credential;
  readonly onDone: () => void;
}) {
  const [asked, setAsked] = useState<Verb | undefined>(undefined);
  if (credential.state === 'revoked') return null;
  const COMMANDS = {
    disable: {
      title: `Disable ${credential.name}`,
      verb: 'Disable',
      says: 'It is refused until it is enabled again.',
      ask: browserApi.disableCredential,
    },
    enable: {
      title: `Enable ${credential.name}`,
      verb: 'Enable',
      says: 'It is accepted again, with the same secret.',
      ask: browserApi.enableCredential,
    },
    revoke: {
      title: `Revoke ${credential.name}`,
      verb: 'Revoke',
      says: 'It is refused for good. This cannot be taken back.',
      ask: browserApi.revokeCredential,
    },
  } as const;
  const command = asked && COMMANDS[asked];
  return (
    <>
      <Menu
        trigger={
          <IconButton label={`Commands for ${credential.name}`} className="relative">
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {credential.state === 'active' ? (
          <MenuItem onSelect={() => setAsked('disable')}>
            <CirclePause aria-hidden />
            Disable
          </MenuItem>
        ) : (
          <MenuItem onSelect={() => setAsked('enable')}>
            <CirclePlay aria-hidden />
            Enable
          </MenuItem>
        )}
        <MenuItem onSelect={() => setAsked('revoke')}>
          <Ban aria-hidden />
          <span className="text-bad">Revoke</span>
        </MenuItem>
      </Menu>
      {asked && command && (
        <CommandDialog
          title={command.title}
          says={command.says}
          verb={command.verb}
          kind={asked === 'enable' ? 'primary' : 'danger'}
          onClose={() => setAsked(undefined)}
          command={(body) => command.ask({ params: { credential: credential.id }, body })}
          onDone={() => {
            onDone();
            return Promise.resolve();
          }}
        />
      )}
    </>
  );
}
