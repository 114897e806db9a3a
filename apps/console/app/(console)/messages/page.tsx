import type { Metadata } from 'next';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { everAccepted } from '../../../server/ever-accepted.ts';
import { MessagesClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Messages' };

export default async function MessagesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [found, views, session] = await Promise.all([
    ask((api) => api.findMessages({ query: search })),
    ask((api) => api.listSavedViews()),
    viewerSession(),
  ]);
  return (
    <>
      <PageHeading
        title="Messages"
        says={`Accepted mail, the ${search.order === 'ascending' ? 'oldest' : 'latest'} first.`}
      />
      <MessagesClient
        key={JSON.stringify(search)}
        views={views.value?.items ?? []}
        found={found}
        search={search}
        everAccepted={await everAccepted(found)}
        mayCommand={session.value?.permissions.includes('messages:command') ?? false}
      />
    </>
  );
}
