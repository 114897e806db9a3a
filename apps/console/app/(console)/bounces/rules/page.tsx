import type { Metadata } from 'next';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { RulesClient } from './client.tsx';

export const metadata: Metadata = { title: 'Bounce rules' };

export default async function BounceRulesPage() {
  const [{ value: rules, problem }, session] = await Promise.all([
    ask((api) => api.showBounceRules()),
    viewerSession(),
  ]);
  return (
    <>
      <BackLink href="/bounces">Bounces</BackLink>
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <RulesClient
          key={rules.version}
          active={rules}
          mayWrite={session.value?.permissions.includes('bounces:write') ?? false}
        />
      )}
    </>
  );
}
