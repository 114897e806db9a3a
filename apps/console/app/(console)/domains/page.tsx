import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { DomainsClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Sending domains' };

export default async function DomainsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listDomains({ query: search })),
    viewerSession(),
  ]);
  if (problem) {
    return (
      <>
        <PageHeading title="Sending domains" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  const mayWrite = session.value?.permissions.includes('domains:write') ?? false;
  return <DomainsClient page={page} search={search} mayWrite={mayWrite} />;
}
