import type { Metadata } from 'next';
import { ProblemPage } from '../../../../features/problem/problem-page.tsx';
import { BackLink } from '../../../../features/shell/back-link.tsx';
import type { RawSearch } from '../../../../features/table/search-of.ts';
import { ask } from '../../../../server/api.ts';
import { ReturnedClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Returned reports' };

export default async function ReturnedPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { value: page, problem } = await ask((api) => api.listReturnedReports({ query: search }));
  return (
    <>
      <BackLink href="/bounces">Bounces</BackLink>
      {problem ? (
        <ProblemPage title="Returned reports" problem={problem} />
      ) : (
        <ReturnedClient page={page} search={search} />
      )}
    </>
  );
}
