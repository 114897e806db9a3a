import type { Metadata } from 'next';
import { ProblemPage } from '../../../features/problem/problem-page.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { CredentialsClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Credentials' };

export default async function CredentialsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listCredentials({ query: search.query })),
    viewerSession(),
  ]);
  if (problem) return <ProblemPage title="Credentials" problem={problem} />;
  const mayWrite = session.value?.permissions.includes('credentials:write') ?? false;
  return <CredentialsClient page={page} search={search} mayWrite={mayWrite} />;
}
