import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask } from '../../../server/api.ts';
import { AuditClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { value: page, problem } = await ask((api) => api.listAudit({ query: search }));
  return (
    <>
      <PageHeading title="Audit" says="Who did what, when, from where and why. Entries are only ever added." />
      {problem ? <ProblemNotice problem={problem} /> : <AuditClient page={page} search={search} />}
    </>
  );
}
