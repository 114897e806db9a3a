import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { MessageClient } from './client.tsx';

export const metadata: Metadata = { title: 'Message' };

export default async function MessagePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const parsed = ROUTES.showMessage.params.safeParse(await params);
  if (!parsed.success) notFound();
  const [{ value: message, problem }, session] = await Promise.all([
    ask((api) => api.showMessage({ params: parsed.data })),
    viewerSession(),
  ]);
  if (problem?.code === 'not-found') notFound();
  return (
    <>
      <BackLink href="/messages">Messages</BackLink>
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <MessageClient initial={message} permissions={session.value?.permissions ?? []} />
      )}
    </>
  );
}
