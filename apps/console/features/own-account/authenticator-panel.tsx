'use client';

import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { OwnSecurity } from '@postern/admin-contract';
import { Button, Panel, TonedWord } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { ConfirmPassword } from './confirm-password.tsx';
import { RecoveryCodesDialog } from './recovery-codes.tsx';
import { SetUpAuthenticator } from './set-up-authenticator.tsx';

type Asked = 'set-up' | 'remove' | 'renew';

/** The authenticator app: set up, removed, and its recovery codes renewed. */
export function AuthenticatorPanel(props: { readonly security: OwnSecurity; readonly onDone: () => void }) {
  const { security, onDone } = props;
  const { authenticatorApp, hasPassword } = security;
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setAsked(undefined);
  return (
    <Panel
      title="Authenticator app"
      aside={
        authenticatorApp ? (
          <span className="flex gap-2">
            <Button onClick={() => setAsked('renew')}>New recovery codes</Button>
            <Button kind="danger" onClick={() => setAsked('remove')}>
              Remove
            </Button>
          </span>
        ) : (
          <Button kind="primary" onClick={() => setAsked('set-up')}>
            Set up
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-2 px-4 py-3.5 text-sm">
        <p>
          {authenticatorApp ? (
            <TonedWord icon={ShieldCheck} tone="good" word="On" />
          ) : (
            <TonedWord icon={ShieldAlert} tone="wait" word="Off" />
          )}
        </p>
        <p className="text-ink-soft">
          {authenticatorApp
            ? 'Signing in asks for a code of the app, or for a recovery code, after the password.'
            : 'Whoever learns your password can sign in with it. An app on your telephone adds a code that changes every half minute.'}
        </p>
      </div>
      {asked === 'set-up' && <SetUpAuthenticator hasPassword={hasPassword} onClose={close} onDone={onDone} />}
      {asked === 'remove' && (
        <ConfirmPassword
          title="Remove the authenticator app"
          says="A password alone signs in again, and the recovery codes are good no longer."
          verb="Remove it"
          hasPassword={hasPassword}
          submit={(body) => browserApi.removeAuthenticator({ body })}
          onDone={onDone}
          onClose={close}
        />
      )}
      {asked === 'renew' && (
        <ConfirmPassword
          title="New recovery codes"
          says="The old ones are good no longer."
          verb="Make them"
          hasPassword={hasPassword}
          submit={(body) => browserApi.renewRecoveryCodes({ body })}
          onClose={close}
          shows={({ recoveryCodes }) => (
            <RecoveryCodesDialog
              title="Recovery codes"
              says="This is the only time that they are shown. Keep them where you keep passwords, not on the telephone with the app."
              codes={recoveryCodes}
              onClose={close}
            />
          )}
        />
      )}
    </Panel>
  );
}
