import type { Metadata } from 'next';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { AccountsClient } from './client.tsx';
import { invitationQuery, readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Accounts' };

export default async function AccountsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const [{ value: page, problem }, invitations, session] = await Promise.all([
    ask((api) => api.listAccounts({ query: search.query })),
    ask((api) => api.listInvitations({ query: invitationQuery(search) })),
    viewerSession(),
  ]);
  if (problem) {
    return (
      <>
        <PageHeading title="Accounts" />
        <ProblemNotice problem={problem} />
      </>
    );
  }
  const mayWrite = session.value?.permissions.includes('accounts:write') ?? false;
  return <AccountsClient page={page} invitations={invitations.value} search={search} mayWrite={mayWrite} />;
}
