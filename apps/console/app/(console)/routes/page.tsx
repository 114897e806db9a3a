import type { Metadata } from 'next';
import { AskedPage } from '../../../features/shell/asked-page.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { RoutesClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Routes' };

export default async function RoutesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [asked, session] = await Promise.all([ask((api) => api.listRoutes({ query: search })), viewerSession()]);
  const mayWrite = session.value?.permissions.includes('routes:write') ?? false;
  return (
    <AskedPage title="Routes" asked={asked}>
      {(page) => <RoutesClient page={page} search={search} mayWrite={mayWrite} />}
    </AskedPage>
  );
}
