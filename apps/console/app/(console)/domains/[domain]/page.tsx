import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { DomainClient } from './client.tsx';

export const metadata: Metadata = { title: 'Sending domain' };

export default async function DomainPage({ params }: { readonly params: Promise<{ readonly domain: string }> }) {
  const parsed = ROUTES.showDomain.params.safeParse({ domain: decoded((await params).domain) });
  if (!parsed.success) notFound();
  const [{ value: domain, problem }, session] = await Promise.all([
    ask((api) => api.showDomain({ params: parsed.data })),
    viewerSession(),
  ]);
  if (problem?.code === 'not-found') notFound();
  return (
    <>
      <BackLink href="/domains">Sending domains</BackLink>
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <DomainClient initial={domain} mayWrite={session.value?.permissions.includes('domains:write') ?? false} />
      )}
    </>
  );
}

/** A part of an address as it was meant; one that is not encoded rightly is no domain. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
