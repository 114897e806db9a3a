'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { OwnSecurity, Passkey } from '@postern/admin-contract';
import { Button, Instant, OutsideText, Panel } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { usePasskeysHere, type PasskeysHere } from '../passkey/passkeys-here.ts';
import { AddPasskey } from './add-passkey.tsx';
import { ConfirmPassword } from './confirm-password.tsx';

/** The passkeys of the viewer: added, and removed. */
export function PasskeysPanel(props: {
  readonly security: OwnSecurity;
  readonly passkeysAt: string | null;
  readonly onDone: () => void;
}) {
  const { security, passkeysAt, onDone } = props;
  const { passkeys, hasPassword } = security;
  const here = usePasskeysHere(passkeysAt);
  const [asked, setAsked] = useState<'add' | Passkey | undefined>(undefined);
  const close = () => setAsked(undefined);
  const addable = here === 'here' && hasPassword;
  return (
    <Panel
      className="lg:col-span-2"
      title="Passkeys"
      aside={
        addable && (
          <Button kind={passkeys.length === 0 ? 'primary' : 'plain'} onClick={() => setAsked('add')}>
            Add a passkey
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-2 px-4 py-3.5 text-sm text-ink-soft">
        <p>
          A passkey signs you in by itself, without password and code: your device, your password manager or a security
          key keeps it, and asks for your PIN, finger or face.
        </p>
        {here && here !== 'here' && <WhyNone here={here} passkeysAt={passkeysAt} />}
        {here === 'here' && !hasPassword && (
          <p>Your organisation’s single sign-on signs you in. A passkey would go around it, so there is none here.</p>
        )}
      </div>
      {passkeys.length > 0 && (
        <ul className="divide-y divide-line border-t border-line text-sm">
          {passkeys.map((passkey) => (
            <PasskeyLine key={passkey.id} passkey={passkey} onRemove={() => setAsked(passkey)} />
          ))}
        </ul>
      )}
      {asked === 'add' && <AddPasskey onDone={onDone} onClose={close} />}
      {asked && asked !== 'add' && (
        <ConfirmPassword
          title={`Remove the passkey ${asked.name}`}
          says="It signs in no longer, and your other sessions end. Delete it in your device or password manager too, which cannot know."
          verb="Remove it"
          hasPassword
          submit={({ password = '' }) => browserApi.removePasskey({ params: { id: asked.id }, body: { password } })}
          onDone={onDone}
          onClose={close}
        />
      )}
    </Panel>
  );
}

function PasskeyLine({ passkey, onRemove }: { readonly passkey: Passkey; readonly onRemove: () => void }) {
  const { name, createdAt, lastUsedAt } = passkey;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <span className="flex min-w-48 flex-1 items-center gap-2 font-medium">
        <KeyRound aria-hidden className="size-4 shrink-0 text-ink-soft" />
        <span className="min-w-0 break-words">
          <OutsideText text={name} />
        </span>
      </span>
      <span className="text-ink-soft">
        added <Instant at={createdAt} />
      </span>
      <span className="text-ink-soft">
        {lastUsedAt ? (
          <>
            last used <Instant at={lastUsedAt} />
          </>
        ) : (
          'not used yet'
        )}
      </span>
      <Button kind="danger" aria-label={`Remove the passkey ${name}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}

/** Why no passkey can be added on this page, and what to do. */
function WhyNone({
  here,
  passkeysAt,
}: {
  readonly here: Exclude<PasskeysHere, 'here'>;
  readonly passkeysAt: string | null;
}) {
  switch (here) {
    case 'unknown':
      return <p>This browser knows no passkeys. Open this page with another one to add them.</p>;
    case 'nowhere':
      return (
        <p>
          They are made for a name, and nobody has said which one the console has. Whoever runs Postern sets{' '}
          <code className="font-mono">POSTERN_CONSOLE_URL</code> to where people reach it: a name, not an IP address.
        </p>
      );
    case 'elsewhere':
      return (
        <p>
          They are bound to the console’s name. To add one, open it at{' '}
          <a className="break-all underline" href={`${passkeysAt}/account`}>
            {passkeysAt}
          </a>
          .
        </p>
      );
  }
}
