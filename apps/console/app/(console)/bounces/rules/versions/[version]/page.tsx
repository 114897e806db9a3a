import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { ProblemNotice } from '../../../../../../features/problem/problem-notice.tsx';
import { BackLink } from '../../../../../../features/shell/back-link.tsx';
import { ask, viewerSession } from '../../../../../../server/api.ts';
import { VersionClient } from './client.tsx';

export const metadata: Metadata = { title: 'A version of the bounce rules' };

export default async function VersionPage({ params }: { readonly params: Promise<{ readonly version: string }> }) {
  const parsed = ROUTES.showBounceRuleVersion.params.safeParse(await params);
  if (!parsed.success) notFound();
  const [shown, active, session] = await Promise.all([
    ask((api) => api.showBounceRuleVersion({ params: parsed.data })),
    ask((api) => api.showBounceRules()),
    viewerSession(),
  ]);
  const problem = shown.problem ?? active.problem;
  if (problem?.code === 'not-found') notFound();
  return (
    <>
      <BackLink href="/bounces/rules/versions">Versions</BackLink>
      {shown.value && active.value ? (
        <VersionClient
          version={shown.value}
          active={active.value}
          mayWrite={session.value?.permissions.includes('bounces:write') ?? false}
        />
      ) : (
        problem && <ProblemNotice problem={problem} />
      )}
    </>
  );
}
