import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { SuppressionsClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Suppressions' };

export default async function SuppressionsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listSuppressions({ query: search })),
    viewerSession(),
  ]);
  if (problem) {
    return (
      <>
        <PageHeading title="Suppressions" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  const mayWrite = session.value?.permissions.includes('bounces:write') ?? false;
  return <SuppressionsClient page={page} search={search} mayWrite={mayWrite} />;
}
