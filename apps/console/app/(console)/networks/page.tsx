import type { Metadata } from 'next';
import { ProblemPage } from '../../../features/problem/problem-page.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { NetworksClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Listed networks' };

export default async function NetworksPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listNetworks({ query: search.query })),
    viewerSession(),
  ]);
  if (problem) return <ProblemPage title="Listed networks" problem={problem} />;
  const mayWrite = session.value?.permissions.includes('networks:write') ?? false;
  return <NetworksClient page={page} search={search} mayWrite={mayWrite} />;
}
