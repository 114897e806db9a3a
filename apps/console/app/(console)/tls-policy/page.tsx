import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TableSkeleton } from '@postern/console-ui';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { Explanation } from '../../../features/tls-policy/explanation.tsx';
import { RuleList } from '../../../features/tls-policy/rule-list.tsx';
import { ask } from '../../../server/api.ts';
import { TlsPolicyClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'TLS policy' };

export default async function TlsPolicyPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const { domain } = readSearch(await searchParams);
  const rules = await ask((api) => api.listTlsRules());
  return (
    <>
      <PageHeading
        title="TLS policy"
        says="What a delivery to a domain has to prove right now (DANE, MTA-STS, your own rules), and whether its mail hosts do. No mail is sent."
      />
      <TlsPolicyClient domain={domain ?? ''} />
      {domain && (
        <Suspense key={domain} fallback={<TableSkeleton rows={4} label={`Asking the mail hosts of ${domain}`} />}>
          <Explained domain={domain} />
        </Suspense>
      )}
      {rules.problem ? <ProblemNotice problem={rules.problem} /> : <RuleList rules={rules.value.items} />}
    </>
  );
}

/** The mail hosts are spoken with while the rest of the page is there already. */
async function Explained({ domain }: { readonly domain: string }) {
  const { value, problem } = await ask((api) => api.explainPolicy({ params: { domain } }));
  return problem ? <ProblemNotice problem={problem} /> : <Explanation explanation={value} />;
}
