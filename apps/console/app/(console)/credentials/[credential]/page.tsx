import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { CredentialClient } from './client.tsx';

export const metadata: Metadata = { title: 'Credential' };

const RECENT = 10;

export default async function CredentialPage(props: { readonly params: Promise<{ readonly credential: string }> }) {
  const parsed = ROUTES.showCredential.params.safeParse(await props.params);
  if (!parsed.success) notFound();
  const params = { credential: decodeURIComponent(parsed.data.credential) };
  const { value: credential, problem } = await ask((api) => api.showCredential({ params }));
  if (problem?.code === 'not-found') notFound();
  if (problem)
    return (
      <>
        <BackLink href="/credentials">Credentials</BackLink>
        <ProblemNotice problem={problem} />
      </>
    );
  const q = `credential:${credential.name}`;
  const [usage, identities, bounces, recent, rates, session] = await Promise.all([
    ask((api) => api.showCredentialUsage({ params })),
    ask((api) => api.listIdentities({ params })),
    ask((api) => api.showBounceSettings({ params })),
    ask((api) => api.findMessages({ query: { q, limit: RECENT } })),
    ask((api) => api.bounceRates({ query: { by: 'time', credential: credential.id } })),
    viewerSession(),
  ]);
  return (
    <>
      <BackLink href="/credentials">Credentials</BackLink>
      <CredentialClient
        credential={credential}
        usage={usage.value}
        identities={identities.value?.items ?? []}
        bounces={bounces.value}
        recent={recent.value?.items}
        rates={rates.value?.items}
        permissions={session.value?.permissions ?? []}
      />
    </>
  );
}
