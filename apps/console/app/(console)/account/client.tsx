'use client';

import { useRouter } from 'next/navigation';
import type { OwnSecurity, Session } from '@postern/admin-contract';
import { AuthenticatorPanel } from '../../../features/own-account/authenticator-panel.tsx';
import { PasskeysPanel } from '../../../features/own-account/passkeys-panel.tsx';
import { PasswordPanel } from '../../../features/own-account/password-panel.tsx';
import { SessionsPanel } from '../../../features/own-account/sessions-panel.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';

/** How the viewer's own account is kept. */
export function OwnAccountClient(props: {
  readonly security: OwnSecurity;
  readonly session: Session;
  /** Where passkeys work; null: nowhere. */
  readonly passkeysAt: string | null;
}) {
  const { security, session, passkeysAt } = props;
  const router = useRouter();
  const refresh = () => router.refresh();
  return (
    <>
      <PageHeading
        title="Your account"
        says={`${session.person.email}, ${session.role}. How you sign in, and where you are signed in.`}
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <PasswordPanel hasPassword={security.hasPassword} singleSignOn={security.singleSignOn} />
        <AuthenticatorPanel security={security} onDone={refresh} />
        <PasskeysPanel security={security} passkeysAt={passkeysAt} onDone={refresh} />
        <SessionsPanel sessions={security.sessions} onDone={refresh} />
      </div>
    </>
  );
}
