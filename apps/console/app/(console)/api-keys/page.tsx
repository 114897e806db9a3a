import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { ApiKeysClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listApiKeys({ query: search })),
    viewerSession(),
  ]);
  if (problem) {
    return (
      <>
        <PageHeading title="API keys" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  return <ApiKeysClient page={page} search={search} permissions={session.value?.permissions ?? []} />;
}
