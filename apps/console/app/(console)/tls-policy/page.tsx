import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TableSkeleton } from '@postern/console-ui';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { Explanation } from '../../../features/tls-policy/explanation.tsx';
import { ReportsReceived } from '../../../features/tls-policy/reports-received.tsx';
import { ReportsSent } from '../../../features/tls-policy/reports-sent.tsx';
import { Results } from '../../../features/tls-policy/results.tsx';
import { RuleList } from '../../../features/tls-policy/rule-list.tsx';
import { Simulation } from '../../../features/tls-policy/simulation.tsx';
import { ask, viewerSession } from '../../../server/api.ts';
import { ExplainSearch, ResultsSearch, SimulateForm, ViewLinks } from './client.tsx';
import { readSearch, type TlsPolicySearch, type View } from './search-params.ts';

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
      {view === 'reports' && <Reports />}
    </>
  );
}

async function mayWrite(): Promise<boolean> {
  return (await viewerSession()).value?.permissions.includes('routes:write') ?? false;
}

async function Explain({ search: { domain } }: { readonly search: TlsPolicySearch }) {
  const [rules, writes] = await Promise.all([ask((api) => api.listTlsRules()), mayWrite()]);
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
        <RuleList rules={rules.value.items} mayWrite={writes} now={new Date().toISOString()} />
      )}
    </>
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

async function Reports() {
  const [received, sent, writes] = await Promise.all([
    ask((api) => api.listTlsReportsReceived()),
    ask((api) => api.listTlsReportsSent()),
    mayWrite(),
  ]);
  return (
    <div className="flex flex-col gap-6">
      {received.problem ? (
        <ProblemNotice problem={received.problem} />
      ) : (
        <ReportsReceived reports={received.value.items} mayWrite={writes} />
      )}
      {sent.problem ? <ProblemNotice problem={sent.problem} /> : <ReportsSent reports={sent.value.items} />}
    </div>
  );
}
