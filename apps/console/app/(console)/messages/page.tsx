import type { Metadata } from 'next';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask } from '../../../server/api.ts';
import { MessagesClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Messages' };

export default async function MessagesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [found, ledger] = await Promise.all([
    ask((api) => api.findMessages({ query: search })),
    ask((api) => api.showLedger()),
  ]);
  return (
    <>
      <PageHeading title="Messages" says="Accepted mail, the latest first." />
      <MessagesClient
        key={JSON.stringify(search)}
        found={found}
        search={search}
        everAccepted={(ledger.value?.accepted ?? 1) > 0}
      />
    </>
  );
}
