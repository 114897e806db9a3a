'use client';

import { useState } from 'react';
import type { Credential, Identity } from '@postern/admin-contract';
import { Button, Instant, OutsideText, Panel } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { AddIdentity } from './add-identity.tsx';

const KINDS: Readonly<Record<Identity['kind'], string>> = {
  certificate: 'Client certificate',
  subject: 'Subject of a client certificate',
  token: 'Claim of an OpenID token',
};

/** What else than its secret stands for a credential. */
export function IdentitiesPanel(props: {
  readonly credential: Credential;
  readonly identities: readonly Identity[];
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { credential, identities, mayWrite, onDone } = props;
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Identity | undefined>(undefined);
  return (
    <Panel
      title="Certificates and tokens"
      aside={mayWrite && <Button onClick={() => setAdding(true)}>Bind one</Button>}
    >
      {identities.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">
          None: it signs in with its secret only. A client certificate, or a token of your OpenID provider, can stand
          for it too.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {identities.map((identity) => (
            <li key={identity.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-60">
                <p className="text-ink-soft">
                  {KINDS[identity.kind]}, bound <Instant at={identity.createdAt} />
                </p>
                <code className="font-mono text-xs break-all">
                  <OutsideText text={identity.value} />
                </code>
              </div>
              {mayWrite && (
                <Button kind="danger" onClick={() => setRemoving(identity)}>
                  Unbind
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddIdentity credential={credential} onDone={onDone} onClose={() => setAdding(false)} />}
      {removing && (
        <CommandDialog
          title={`Unbind this ${removing.kind} from ${credential.name}`}
          says="Whoever shows it is not this credential any more, from the next connection on."
          verb="Unbind it"
          kind="danger"
          onClose={() => setRemoving(undefined)}
          command={(body) =>
            browserApi.removeIdentity({ params: { credential: credential.id, identity: removing.id }, body })
          }
          onDone={onDone}
        />
      )}
    </Panel>
  );
}
