import type { Metadata } from 'next';
import { AskedPage } from '../../../features/shell/asked-page.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { SourcesClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Sources' };

export default async function SourcesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [asked, rules, session] = await Promise.all([
    ask((api) => api.listSources({ query: search })),
    ask((api) => api.listPoolRules()),
    viewerSession(),
  ]);
  const mayWrite = session.value?.permissions.includes('routes:write') ?? false;
  return (
    <AskedPage title="Sources" asked={asked}>
      {(page) => <SourcesClient page={page} rules={rules.value} search={search} mayWrite={mayWrite} />}
    </AskedPage>
  );
}
