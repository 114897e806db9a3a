import type { Permission } from '@postern/admin-contract';
import { ProblemNotice } from '../../features/problem/problem-notice.tsx';
import type { RawSearch } from '../../features/table/search-of.ts';
import { ask, viewerSession } from '../../server/api.ts';
import { OverviewClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export default async function OverviewPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { value: session } = await viewerSession();
  const may = (permission: Permission) => session?.permissions.includes(permission) ?? false;
  const queues = may('queues:read');
  const [ledger, volume, troubles, oldest, suspensions, events] = await Promise.all([
    ask((api) => api.showLedger()),
    ask((api) => api.showVolume({ query: search })),
    queues ? ask((api) => api.listTroubles({ query: search })) : undefined,
    queues ? ask((api) => api.listQueues({ query: { sort: 'oldest', limit: 5 } })) : undefined,
    queues ? ask((api) => api.listSuspensions()) : undefined,
    may('events:read') ? ask((api) => api.listEvents({ query: { limit: 20 } })) : undefined,
  ]);
  const problem =
    ledger.problem ?? volume.problem ?? troubles?.problem ?? oldest?.problem ?? suspensions?.problem ?? events?.problem;
  if (problem || !ledger.value || !volume.value) return problem && <ProblemNotice problem={problem} />;
  return (
    <OverviewClient
      key={search.range}
      search={search}
      mayCommand={may('queues:command')}
      guided={may('domains:read')}
      initial={{
        ledger: ledger.value,
        volume: volume.value,
        troubles: troubles?.value?.items,
        oldest: oldest?.value?.items,
        suspensions: suspensions?.value,
        events: events?.value,
      }}
    />
  );
}
