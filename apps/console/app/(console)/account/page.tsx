import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { ask, viewerSession, waysToSignIn } from '../../../server/api.ts';
import { OwnAccountClient } from './client.tsx';

export const metadata: Metadata = { title: 'Your account' };

export default async function OwnAccountPage() {
  const [security, session, { passkeysAt }] = await Promise.all([
    ask((api) => api.showSecurity()),
    viewerSession(),
    waysToSignIn(),
  ]);
  const problem = security.problem ?? session.problem;
  if (!security.value || !session.value) {
    return (
      <>
        <PageHeading title="Your account" />
        {problem && <ProblemNotice problem={problem} />}
      </>
    );
  }
  return <OwnAccountClient security={security.value} session={session.value} passkeysAt={passkeysAt} />;
}
