import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { EventsClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, session] = await Promise.all([
    ask((api) => api.listEvents({ query: search })),
    viewerSession(),
  ]);
  if (problem) {
    return (
      <>
        <PageHeading title="Events" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  const mayCommand = session.value?.permissions.includes('events:command') ?? false;
  return <EventsClient page={page} search={search} mayCommand={mayCommand} />;
}
