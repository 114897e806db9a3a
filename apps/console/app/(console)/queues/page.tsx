import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { SuspendButton } from '../../../features/suspension/suspend-button.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { everAccepted } from '../../../server/ever-accepted.ts';
import { QueuesClient } from './client.tsx';
import { readSearch } from './search-params.ts';
import { Suspensions } from './suspensions.tsx';

export const metadata: Metadata = { title: 'Queues' };

export default async function QueuesPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [queues, suspensions, session] = await Promise.all([
    ask((api) => api.listQueues({ query: search.query })),
    ask((api) => api.listSuspensions({ query: search.suspensions })),
    viewerSession(),
  ]);
  const mayCommand = session.value?.permissions.includes('queues:command') ?? false;
  return (
    <>
      <PageHeading
        title="Queues"
        says="Where accepted mail waits: one queue for each next hop."
        actions={
          <>
            {!queues.problem && <CsvLink of="/api/v1/queues.csv" query={search.query} />}
            {mayCommand && <SuspendButton />}
          </>
        }
      />
      {suspensions.value && (
        <Suspensions
          key={JSON.stringify(search.suspensions)}
          page={suspensions.value}
          search={search}
          mayCommand={mayCommand}
        />
      )}
      {queues.problem ? (
        <ProblemNotice problem={queues.problem} />
      ) : (
        <QueuesClient
          key={JSON.stringify(search.query)}
          page={queues.value}
          search={search}
          everAccepted={await everAccepted(queues)}
        />
      )}
    </>
  );
}
