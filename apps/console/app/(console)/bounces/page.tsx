import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask } from '../../../server/api.ts';
import { BouncesClient } from './client.tsx';
import { bouncesQuery, readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Bounces' };

export default async function BouncesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { value: history, problem } = await ask((api) =>
    api.bounceHistory({ query: bouncesQuery(search, new Date()) }),
  );
  if (problem) {
    return (
      <>
        <PageHeading title="Bounces" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  return <BouncesClient key={JSON.stringify(search)} initial={history} search={search} />;
}
