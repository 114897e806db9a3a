'use client';

import { Check, Clock3, Minus } from 'lucide-react';
import { useState } from 'react';
import type { Credential, CredentialSecret } from '@postern/admin-contract';
import { Button, Instant, Panel, TonedWord, useViewer } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { RotateSecret } from './rotate-dialog.tsx';

/** The secrets of a credential, the latest first: two are good while one is being rotated. */
export function SecretsPanel(props: {
  readonly credential: Credential;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { credential, onDone } = props;
  // A credential that was revoked is so for good, and its secrets with it.
  const mayWrite = props.mayWrite && credential.state !== 'revoked';
  const { now } = useViewer();
  const [rotating, setRotating] = useState(false);
  const [retiring, setRetiring] = useState<string | undefined>(undefined);
  const isGood = ({ expiresAt }: CredentialSecret) => expiresAt === null || new Date(expiresAt) > now;
  const good = credential.secrets.filter(isGood);
  return (
    <Panel title="Secrets" aside={mayWrite && <Button onClick={() => setRotating(true)}>Rotate the secret</Button>}>
      <ul className="divide-y divide-line">
        {credential.secrets.map((secret) => (
          <li key={secret.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 text-sm">
            <div className="min-w-0 flex-1 basis-60">
              <p className="flex flex-wrap gap-x-3">
                <SecretState secret={secret} good={isGood(secret)} of={credential.state} />
                <span className="text-ink-soft">
                  made <Instant at={secret.createdAt} />
                </span>
              </p>
              <p className="mt-0.5 text-ink-soft">
                {secret.lastUsedAt ? (
                  <>
                    last used <Instant at={secret.lastUsedAt} />
                    {secret.lastUsedFrom && <> from {secret.lastUsedFrom}</>}
                  </>
                ) : (
                  'never used'
                )}
              </p>
              <SecretEnd secret={secret} good={isGood(secret)} />
            </div>
            {mayWrite && isGood(secret) && good.length > 1 && (
              <Button kind="danger" onClick={() => setRetiring(secret.id)}>
                Retire it now
              </Button>
            )}
          </li>
        ))}
      </ul>
      {rotating && <RotateSecret credential={credential} onDone={onDone} onClose={() => setRotating(false)} />}
      {retiring && (
        <CommandDialog
          title="Retire this secret"
          says="Whoever still signs in with it is refused from now on. The other secret stays good."
          verb="Retire it"
          kind="danger"
          onClose={() => setRetiring(undefined)}
          command={(body) => browserApi.retireSecret({ params: { credential: credential.id, secret: retiring }, body })}
          onDone={onDone}
        />
      )}
    </Panel>
  );
}

function SecretState(props: {
  readonly secret: CredentialSecret;
  readonly good: boolean;
  readonly of: Credential['state'];
}) {
  const { secret, good, of } = props;
  if (of === 'revoked') return <TonedWord icon={Minus} tone="idle" word="revoked" />;
  if (good && of === 'disabled') return <TonedWord icon={Minus} tone="idle" word="refused while disabled" />;
  if (!good) return <TonedWord icon={Minus} tone="idle" word="retired" />;
  return secret.replacedAt ? (
    <TonedWord icon={Clock3} tone="wait" word="replaced, still good" />
  ) : (
    <TonedWord icon={Check} tone="good" word="good" />
  );
}

function SecretEnd({ secret, good }: { readonly secret: CredentialSecret; readonly good: boolean }) {
  const { expiresAt, retireUnusedDays } = secret;
  if (!good && expiresAt)
    return (
      <p className="text-ink-soft">
        retired <Instant at={expiresAt} />
      </p>
    );
  if (expiresAt)
    return (
      <p className="text-ink-soft">
        retires <Instant at={expiresAt} form="full" />
      </p>
    );
  return retireUnusedDays === null ? null : (
    <p className="text-ink-soft">
      retires when it was not used for {retireUnusedDays} {retireUnusedDays === 1 ? 'day' : 'days'}
    </p>
  );
}
