'use client';

import { useRouter } from 'next/navigation';
import type {
  BounceRate,
  BounceSettings,
  Credential,
  Identity,
  MessageSummary,
  Permission,
  SubmitterUsage,
} from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';
import { AccessPanel } from '../../../../features/credential/access-panel.tsx';
import { CredentialActions } from '../../../../features/credential/credential-actions.tsx';
import { BulkPanel } from '../../../../features/credential/bulk-panel.tsx';
import { BouncePanel } from '../../../../features/credential/bounce-panel.tsx';
import { CredentialState } from '../../../../features/credential/credential-state.tsx';
import { IdentitiesPanel } from '../../../../features/credential/identities-panel.tsx';
import { RatesPanel } from '../../../../features/submitter/rates-panel.tsx';
import { SecretsPanel } from '../../../../features/credential/secrets-panel.tsx';
import { GuardPanel } from '../../../../features/submitter/guard-panel.tsx';
import { HeldNotice } from '../../../../features/submitter/held-notice.tsx';
import { RecentMail } from '../../../../features/submitter/recent-mail.tsx';
import { LimitsPanel } from '../../../../features/submitter/limits-panel.tsx';
import type { SubmitterEdits } from '../../../../features/submitter/submitter.ts';
import { browserApi } from '../../../../live/browser-api.ts';
import { useLivePage } from '../../../../live/use-live-page.ts';

export function CredentialClient(props: {
  readonly credential: Credential;
  readonly usage: SubmitterUsage | undefined;
  readonly identities: readonly Identity[];
  readonly bounces: BounceSettings | undefined;
  /** Undefined: the viewer may not see messages, or rates. */
  readonly recent: readonly MessageSummary[] | undefined;
  readonly rates: readonly BounceRate[] | undefined;
  readonly permissions: readonly Permission[];
}) {
  const { credential, usage, permissions } = props;
  const router = useRouter();
  const onDone = () => router.refresh();
  useLivePage();
  const params = { credential: credential.id };
  const mayWrite = permissions.includes('credentials:write');
  const mayChange = mayWrite && credential.state !== 'revoked';
  const edits: SubmitterEdits | undefined = mayChange
    ? {
        show: () => browserApi.showCredential({ params }),
        update: (body, options) => browserApi.updateCredential({ params, body }, options),
      }
    : undefined;
  return (
    <>
      <header className="mb-4 flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="text-xl font-semibold tracking-tight [overflow-wrap:anywhere]">
            <OutsideText text={credential.name} />
          </h1>
          <p className="mt-1 text-sm">
            <CredentialState credential={credential} />
          </p>
        </div>
        <CredentialActions credential={credential} permissions={permissions} onDone={onDone} />
      </header>
      {credential.guard.heldSince && (
        <HeldNotice
          name={credential.name}
          since={credential.guard.heldSince}
          release={mayWrite ? (body) => browserApi.releaseCredential({ params, body }) : undefined}
          onDone={onDone}
        />
      )}
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <LimitsPanel submitter={credential} usage={usage} edits={edits} onDone={onDone} />
          {props.rates && <RatesPanel rates={props.rates} />}
          <SecretsPanel credential={credential} mayWrite={mayChange} onDone={onDone} />
          <IdentitiesPanel credential={credential} identities={props.identities} mayWrite={mayChange} onDone={onDone} />
          {credential.state !== 'revoked' && <BulkPanel credential={credential} mayWrite={mayChange} />}
          {props.recent && <RecentMail search={`credential:${credential.name}`} messages={props.recent} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AccessPanel credential={credential} mayWrite={mayChange} onDone={onDone} />
          <GuardPanel submitter={credential} usage={usage} edits={edits} onDone={onDone} />
          {props.bounces && (
            <BouncePanel credential={credential} settings={props.bounces} mayWrite={mayChange} onDone={onDone} />
          )}
        </div>
      </div>
    </>
  );
}
