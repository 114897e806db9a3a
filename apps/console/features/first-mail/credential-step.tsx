'use client';

import { useState } from 'react';
import type { Credential, NewCredential } from '@postern/admin-contract';
import { Button, OutsideText } from '@postern/console-ui';
import { CreateCredential } from '../credential/create-dialog.tsx';

/** A credential for what sends. Its secret is shown once, and kept here as long as the page is open. */
export function CredentialStep(props: {
  readonly domain: string | undefined;
  readonly credential: Credential | undefined;
  readonly mayCreate: boolean;
  readonly onMade: (made: NewCredential) => void;
}) {
  const { domain, credential, mayCreate, onMade } = props;
  const [creating, setCreating] = useState(false);
  return (
    <>
      <p className="text-ink-soft">
        What an application or a device signs in with. It may send only as whom you say, and can be revoked alone.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-3">
        {credential && (
          <span>
            <span className="font-medium">
              <OutsideText text={credential.name} />
            </span>{' '}
            <span className="text-ink-soft">
              may send as <OutsideText text={credential.senderRules.slice(0, 3).join(', ')} />
            </span>
          </span>
        )}
        {mayCreate && (
          <Button kind={credential ? 'plain' : 'primary'} onClick={() => setCreating(true)}>
            {credential ? 'Create another' : 'Create a credential'}
          </Button>
        )}
      </div>
      {creating && (
        <CreateCredential
          {...(domain === undefined ? {} : { sender: `@${domain}` })}
          onMade={onMade}
          onClose={() => setCreating(false)}
        />
      )}
    </>
  );
}
