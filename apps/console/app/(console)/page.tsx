import { ProblemNotice } from '../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../features/shell/page-heading.tsx';
import { ask } from '../../server/api.ts';
import { OverviewClient } from './client.tsx';

export default async function OverviewPage() {
  const [ledger, deep, old] = await Promise.all([
    ask((api) => api.showLedger()),
    ask((api) => api.listQueues({ query: { sort: 'depth', limit: 5 } })),
    ask((api) => api.listQueues({ query: { sort: 'oldest', limit: 5 } })),
  ]);
  const problem = ledger.problem ?? deep.problem ?? old.problem;
  return (
    <>
      <PageHeading title="Overview" says="Every accepted recipient, and where it is now." />
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        ledger.value &&
        deep.value &&
        old.value && <OverviewClient ledger={ledger.value} deepest={deep.value.items} oldest={old.value.items} />
      )}
    </>
  );
}
