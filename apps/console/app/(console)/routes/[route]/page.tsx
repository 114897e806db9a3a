import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AskedPage } from '../../../../features/shell/asked-page.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { RouteClient } from './client.tsx';

export const metadata: Metadata = { title: 'Route' };

export default async function RoutePage({ params }: { readonly params: Promise<{ readonly route: string }> }) {
  const { route } = await params;
  const [asked, session] = await Promise.all([
    ask((api) => api.showRoute({ params: { route: decodeURIComponent(route) } })),
    viewerSession(),
  ]);
  if (asked.problem?.code === 'not-found' || asked.problem?.code === 'invalid-request') notFound();
  const permissions = session.value?.permissions ?? [];
  const id = asked.value?.queueId;
  const mayAsk = id !== undefined && permissions.includes('queues:read');
  const queue = mayAsk ? await ask((api) => api.showQueue({ params: { id } })) : undefined;
  return (
    <>
      <BackLink href="/routes">Routes</BackLink>
      <AskedPage title="Route" asked={asked}>
        {(shown) => <RouteClient route={shown} queue={queue?.value} mayWrite={permissions.includes('routes:write')} />}
      </AskedPage>
    </>
  );
}
