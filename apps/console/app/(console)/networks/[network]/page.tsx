import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ROUTES } from '@postern/admin-contract';
import { ProblemNotice } from '../../../../features/problem/problem-notice.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import { ask, viewerSession } from '../../../../server/api.ts';
import { NetworkClient } from './client.tsx';

export const metadata: Metadata = { title: 'Listed network' };

const RECENT = 10;

export default async function NetworkPage(props: { readonly params: Promise<{ readonly network: string }> }) {
  const parsed = ROUTES.showNetwork.params.safeParse(await props.params);
  if (!parsed.success) notFound();
  const params = { network: decodeURIComponent(parsed.data.network) };
  const [{ value: network, problem }, usage, session] = await Promise.all([
    ask((api) => api.showNetwork({ params })),
    ask((api) => api.showNetworkUsage({ params })),
    viewerSession(),
  ]);
  if (problem?.code === 'not-found') notFound();
  const q = `network:${network?.cidr}`;
  const [recent, rates] = network
    ? await Promise.all([
        ask((api) => api.findMessages({ query: { q, limit: RECENT } })),
        ask((api) => api.bounceRates({ query: { by: 'time', network: network.id } })),
      ])
    : [];
  return (
    <>
      <BackLink href="/networks">Listed networks</BackLink>
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <NetworkClient
          network={network}
          usage={usage.value}
          recent={recent?.value?.items}
          rates={rates?.value?.items}
          mayWrite={session.value?.permissions.includes('networks:write') ?? false}
        />
      )}
    </>
  );
}
