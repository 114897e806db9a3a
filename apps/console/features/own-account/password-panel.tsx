'use client';

import { useState } from 'react';
import { Button, Panel } from '@postern/console-ui';
import { ChangePassword } from './change-password.tsx';

/** The password, and the organisation's own sign-in. */
export function PasswordPanel(props: { readonly hasPassword: boolean; readonly singleSignOn: boolean }) {
  const [changing, setChanging] = useState(false);
  return (
    <Panel title="Password" aside={props.hasPassword && <Button onClick={() => setChanging(true)}>Change it</Button>}>
      <div className="flex flex-col gap-2 px-4 py-3.5 text-sm">
        <p>
          {props.hasPassword
            ? 'You sign in with a password. Changing it ends your other sessions.'
            : 'You have no password here.'}
        </p>
        {props.singleSignOn && <p>Your organisation’s single sign-on signs you in too; your role comes from there.</p>}
      </div>
      {changing && <ChangePassword onClose={() => setChanging(false)} />}
    </Panel>
  );
}
