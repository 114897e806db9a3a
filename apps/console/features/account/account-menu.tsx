'use client';

import { KeyRound, LogOut, Smartphone, Trash2, UserCog } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '@postern/admin-contract';
import { MenuItem } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RowMenu } from '../table/row-menu.tsx';
import { NewPasswordDialog } from './new-password.tsx';
import { RoleDialog } from './role-dialog.tsx';

type Verb = 'role' | 'reset' | 'second' | 'end' | 'remove';

/** What can be done with an account. */
export function AccountMenu({ account, onDone }: { readonly account: Account; readonly onDone: () => void }) {
  const [asked, setAsked] = useState<Verb | undefined>(undefined);
  const params = { account: account.id };
  const close = () => setAsked(undefined);
  return (
    <>
      <RowMenu label={`Commands for ${account.email}`}>
        <MenuItem icon={UserCog} onSelect={() => setAsked('role')}>
          Change the role
        </MenuItem>
        <MenuItem icon={KeyRound} onSelect={() => setAsked('reset')}>
          Reset the password
        </MenuItem>
        {(account.authenticatorApp || account.passkeys > 0) && (
          <MenuItem icon={Smartphone} onSelect={() => setAsked('second')}>
            Reset the second factor
          </MenuItem>
        )}
        <MenuItem icon={LogOut} onSelect={() => setAsked('end')}>
          End all sessions
        </MenuItem>
        <MenuItem icon={Trash2} kind="danger" onSelect={() => setAsked('remove')}>
          Remove
        </MenuItem>
      </RowMenu>
      {asked === 'role' && <RoleDialog account={account} onClose={close} onDone={onDone} />}
      {asked === 'reset' && (
        <CommandDialog
          title={`Reset the password of ${account.email}`}
          says={`A new one is made and shown once; the old one and all sessions end.${account.passkeys > 0 ? ' Its passkeys go on signing in; reset the second factor to take them off.' : ''}`}
          verb="Reset"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.resetAccountPassword({ params, body })}
          onDone={onDone}
          shows={(made) => <NewPasswordDialog made={made} onClose={close} />}
        />
      )}
      {asked === 'second' && (
        <CommandDialog
          title={`Reset the second factor of ${account.email}`}
          says="The authenticator app, its recovery codes and the passkeys are taken off, and all sessions end: the password alone signs in. Make sure that it is they who ask."
          verb="Reset"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.resetSecondFactor({ params, body })}
          onDone={onDone}
        />
      )}
      {asked === 'end' && (
        <CommandDialog
          title={`End all sessions of ${account.email}`}
          says="Whoever is signed in with it signs in again."
          verb="End them"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.endAccountSessions({ params, body })}
          onDone={onDone}
        />
      )}
      {asked === 'remove' && (
        <CommandDialog
          title={`Remove ${account.email}`}
          says="It cannot sign in any more, and its sessions and the API keys that it made end. What it did stays in the audit."
          verb="Remove"
          kind="danger"
          onClose={close}
          command={(body) => browserApi.removeAccount({ params, body })}
          onDone={onDone}
        />
      )}
    </>
  );
}
