import type { Metadata } from 'next';
import { Suspense } from 'react';
import type { Page } from '@postern/admin-contract';
import { formatCountOf, TableSkeleton } from '@postern/console-ui';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { Explanation } from '../../../features/tls-policy/explanation.tsx';
import { ReportsReceived } from '../../../features/tls-policy/reports-received.tsx';
import { ReportsSent } from '../../../features/tls-policy/reports-sent.tsx';
import { Results } from '../../../features/tls-policy/results.tsx';
import { RuleList } from '../../../features/tls-policy/rule-list.tsx';
import { Simulation } from '../../../features/tls-policy/simulation.tsx';
import { ask, viewerSession } from '../../../server/api.ts';
import { ExplainSearch, ResultsSearch, SimulateForm, ViewLinks } from './client.tsx';
import { readSearch, tlsPolicyPath, type TlsPolicySearch, type View } from './search-params.ts';

export const metadata: Metadata = { title: 'TLS policy' };

const SAYS: Readonly<Record<View, string>> = {
  explain:
    'What a delivery to a domain has to prove right now (DANE, MTA-STS, your own rules), and whether its mail hosts do. No mail is sent.',
  simulate: 'Which deliveries of the last days would have waited, had you required verified TLS for these domains.',
  results: 'What came of TLS with each destination: sessions, failures, and why.',
  reports: 'TLS reports (RFC 8460): what others say of your domains, and what you told others of theirs.',
};

export default async function TlsPolicyPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { view } = search;
  return (
    <>
      <PageHeading title="TLS policy" says={SAYS[view]} />
      <ViewLinks view={view} />
      {view === 'explain' && <Explain search={search} />}
      {view === 'simulate' && (
        <>
          <SimulateForm key={`${search.domains.join()} ${search.days}`} search={search} />
          {search.domains.length > 0 && <Simulated search={search} />}
        </>
      )}
      {view === 'results' && (
        <>
          <ResultsSearch search={search} />
          <ResultsOf search={search} />
        </>
      )}
      {view === 'reports' && <Reports search={search} />}
    </>
  );
}

async function mayWrite(): Promise<boolean> {
  return (await viewerSession()).value?.permissions.includes('routes:write') ?? false;
}

async function Explain({ search: { domain, from } }: { readonly search: TlsPolicySearch }) {
  const [rules, writes] = await Promise.all([
    ask((api) => api.listTlsRules({ query: { cursor: from.rules } })),
    mayWrite(),
  ]);
  return (
    <>
      <ExplainSearch domain={domain ?? ''} />
      {domain && (
        <Suspense key={domain} fallback={<TableSkeleton rows={4} label={`Asking the mail hosts of ${domain}`} />}>
          <Explained domain={domain} />
        </Suspense>
      )}
      {rules.problem ? (
        <ProblemNotice problem={rules.problem} />
      ) : (
        <>
          <RuleList rules={rules.value.items} mayWrite={writes} now={new Date().toISOString()} />
          <PagesOf
            noun={['rule', 'rules']}
            page={rules.value}
            from={from.rules}
            path={(cursor) => tlsPolicyPath('explain', { ...(domain === undefined ? {} : { domain }), rules: cursor })}
          />
        </>
      )}
    </>
  );
}

/** The way through a list of the page; nothing where all of it is shown. */
function PagesOf(props: {
  readonly noun: readonly [one: string, many: string];
  readonly page: Page<unknown>;
  readonly from: string | undefined;
  readonly path: (cursor?: string) => string;
}) {
  const { page, from, path } = props;
  if (from === undefined && page.nextCursor === null) return null;
  return (
    <Pager
      shown={`${formatCountOf(page.items.length, ...props.noun)} shown`}
      first={from === undefined ? undefined : { href: path(), word: 'First page' }}
      next={page.nextCursor === null ? undefined : { href: path(page.nextCursor), word: 'Next' }}
    />
  );
}

/** The mail hosts are spoken with while the rest of the page is there already. */
async function Explained({ domain }: { readonly domain: string }) {
  const { value, problem } = await ask((api) => api.explainPolicy({ params: { domain } }));
  return problem ? <ProblemNotice problem={problem} /> : <Explanation explanation={value} />;
}

async function Simulated({ search: { domains, days } }: { readonly search: TlsPolicySearch }) {
  const { value, problem } = await ask((api) => api.simulatePolicy({ body: { domains: [...domains], days } }));
  return problem ? <ProblemNotice problem={problem} /> : <Simulation simulation={value} />;
}

async function ResultsOf({ search: { domain, days } }: { readonly search: TlsPolicySearch }) {
  const query = { days, ...(domain === undefined ? {} : { domain }) };
  const { value, problem } = await ask((api) => api.listTlsResults({ query }));
  return problem ? <ProblemNotice problem={problem} /> : <Results results={value.items} />;
}

async function Reports({ search: { from } }: { readonly search: TlsPolicySearch }) {
  const [received, sent, writes] = await Promise.all([
    ask((api) => api.listTlsReportsReceived({ query: { cursor: from.received } })),
    ask((api) => api.listTlsReportsSent({ query: { cursor: from.sent } })),
    mayWrite(),
  ]);
  return (
    <div className="flex flex-col gap-6">
      {received.problem ? (
        <ProblemNotice problem={received.problem} />
      ) : (
        <div>
          <ReportsReceived reports={received.value.items} mayWrite={writes} />
          <PagesOf
            noun={['report', 'reports']}
            page={received.value}
            from={from.received}
            path={(cursor) => tlsPolicyPath('reports', { received: cursor, sent: from.sent })}
          />
        </div>
      )}
      {sent.problem ? (
        <ProblemNotice problem={sent.problem} />
      ) : (
        <div>
          <ReportsSent reports={sent.value.items} />
          <PagesOf
            noun={['report', 'reports']}
            page={sent.value}
            from={from.sent}
            path={(cursor) => tlsPolicyPath('reports', { received: from.received, sent: cursor })}
          />
        </div>
      )}
    </div>
  );
}
