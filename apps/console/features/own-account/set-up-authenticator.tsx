'use client';

import type { NewAuthenticator } from '@postern/admin-contract';
import { CopyButton, TextField } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { textOf } from '../form/read-form.ts';
import { ConfirmPassword } from './confirm-password.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodesDialog } from './recovery-codes.tsx';
import { retitled } from './retitled.ts';

interface Props {
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets up an authenticator app in three steps: the password, the picture with a first code, and the recovery codes. */
export function SetUpAuthenticator({ hasPassword, onClose, onDone }: Props & { readonly hasPassword: boolean }) {
  return (
    <ConfirmPassword
      title="Set up an authenticator app"
      says="You need an app that shows codes, such as Aegis, Google Authenticator, or a password manager."
      verb="Go on"
      hasPassword={hasPassword}
      submit={(body) => browserApi.startAuthenticator({ body })}
      onClose={onClose}
      shows={(made) => <FirstCode made={made} onClose={onClose} onDone={onDone} />}
    />
  );
}

function FirstCode({ made, onClose, onDone }: Props & { readonly made: NewAuthenticator }) {
  return (
    <FormDialog
      title="Scan it with the app"
      says="Then write the code that the app shows: that proves that it works, before it counts."
      verb="Confirm"
      busy="Confirming…"
      submit={async (form) => {
        const code = textOf(form, 'code').replaceAll(' ', '');
        return retitled(await browserApi.confirmAuthenticator({ body: { code } }), 'That is not the code of now');
      }}
      onDone={onDone}
      onClose={onClose}
      shows={() => (
        <RecoveryCodesDialog
          title="Keep your recovery codes"
          says="The app is set up, and your other sessions have ended. Without the app these let you in; they are shown this once."
          codes={made.recoveryCodes}
          onClose={onClose}
        />
      )}
    >
      {(problem) => (
        <>
          <div className="flex flex-wrap items-center gap-4">
            <QrCode text={made.uri} label="The picture that the app scans; the same as the key beside it" />
            <div className="min-w-0 flex-1 basis-40">
              <p className="text-xs text-ink-soft">No camera? Type this key into the app.</p>
              <p className="mt-1 flex items-start gap-1">
                <code className="font-mono text-sm break-all">{made.secret}</code>
                <CopyButton text={made.secret} label="Copy the key" />
              </p>
            </div>
          </div>
          <TextField
            label="Code"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            maxLength={7}
            error={faultOf(problem, 'code')}
          />
        </>
      )}
    </FormDialog>
  );
}
