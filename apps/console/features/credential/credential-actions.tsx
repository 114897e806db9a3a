'use client';

import { Ban, CirclePause, CirclePlay, ScrollText, Siren } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Credential, Permission } from '@postern/admin-contract';
import { Button, buttonLook } from '@postern/console-ui';
import { type AskedState, CredentialStateDialog } from './state-dialog.tsx';

/** What can be done with a credential in its state. */
export function CredentialActions(props: {
  readonly credential: Credential;
  readonly permissions: readonly Permission[];
  readonly onDone: () => void;
}) {
  const { credential, permissions, onDone } = props;
  const [asked, setAsked] = useState<AskedState | undefined>(undefined);
  const mayWrite = permissions.includes('credentials:write');
  return (
    <div className="flex flex-wrap gap-2">
      {permissions.includes('audit:read') && (
        <Link
          href={`/audit?subject=${encodeURIComponent(credential.id)}`}
          prefetch={false}
          className={buttonLook('plain')}
        >
          <ScrollText aria-hidden className="size-4" />
          Its audit
        </Link>
      )}
      {mayWrite && credential.state === 'disabled' && (
        <Button onClick={() => setAsked('enable')}>
          <CirclePlay aria-hidden className="size-4" />
          Enable
        </Button>
      )}
      {mayWrite && credential.state === 'active' && (
        <Button onClick={() => setAsked('disable')}>
          <CirclePause aria-hidden className="size-4" />
          Disable
        </Button>
      )}
      {mayWrite && credential.state !== 'revoked' && (
        <Button kind="danger" onClick={() => setAsked('revoke')}>
          <Ban aria-hidden className="size-4" />
          Revoke
        </Button>
      )}
      {mayWrite && (
        <Button kind="danger" onClick={() => setAsked('leak')}>
          <Siren aria-hidden className="size-4" />
          Stop a leak
        </Button>
      )}
      <CredentialStateDialog
        credential={credential}
        asked={asked}
        onClose={() => setAsked(undefined)}
        onDone={onDone}
      />
    </div>
  );
}
