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
          <ScrollText aria-hidden />
          Its audit
        </Link>
      )}
      {mayWrite && credential.state === 'disabled' && (
        <Button icon={CirclePlay} onClick={() => setAsked('enable')}>
          Enable
        </Button>
      )}
      {mayWrite && credential.state === 'active' && (
        <Button icon={CirclePause} onClick={() => setAsked('disable')}>
          Disable
        </Button>
      )}
      {mayWrite && credential.state !== 'revoked' && (
        <Button icon={Ban} kind="danger" onClick={() => setAsked('revoke')}>
          Revoke
        </Button>
      )}
      {mayWrite && (
        <Button icon={Siren} kind="danger" onClick={() => setAsked('leak')}>
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
