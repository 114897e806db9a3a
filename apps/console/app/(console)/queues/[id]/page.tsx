import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { QueueClient } from './client.tsx';

export const metadata: Metadata = { title: 'Queue' };

export default async function QueuePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const parsed = ROUTES.showQueue.params.safeParse(await params);
  if (!parsed.success) notFound();
  const [{ value: queue, problem }, session] = await Promise.all([
    ask((api) => api.showQueue({ params: parsed.data })),
    viewerSession(),
  ]);
  if (problem?.code === 'not-found') notFound();
  return (
    <>
      <BackLink href="/queues">Queues</BackLink>
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <QueueClient initial={queue} permissions={session.value?.permissions ?? []} />
      )}
    </>
  );
}
