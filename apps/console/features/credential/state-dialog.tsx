'use client';

import type { Credential } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** What can be asked of a credential in its state. */
export type AskedState = 'disable' | 'enable' | 'revoke' | 'leak';

/** Asks before a credential is taken out of use, or back into it. */
export function CredentialStateDialog(props: {
  readonly credential: Credential;
  readonly asked: AskedState | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { credential, asked, onClose, onDone } = props;
  if (asked === undefined) return null;
  if (asked !== 'enable')
    return <WithdrawDialog credential={credential} what={asked} onClose={onClose} onDone={onDone} />;
  return (
    <CommandDialog
      title={`Enable ${credential.name}`}
      says="It is accepted again, with the same secret."
      verb="Enable"
      kind="primary"
      onClose={onClose}
      command={(body) => browserApi.enableCredential({ params: { credential: credential.id }, body })}
      onDone={onDone}
    />
  );
}
