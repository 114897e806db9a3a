import type { Metadata } from 'next';
import { allows } from '../../../features/first-mail/steps.ts';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { PageHeading } from '../../../features/shell/page-heading.tsx';
import type { RawSearch } from '../../../features/table/search-of.ts';
import { ask, viewerSession } from '../../../server/api.ts';
import { FirstMailClient } from './client.tsx';
import { readSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'First mail' };

const MANY = { limit: 100 } as const;

export default async function FirstMailPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const { domain: wanted } = readSearch(await searchParams);
  const [domains, credentials, session] = await Promise.all([
    ask((api) => api.listDomains({ query: MANY })),
    ask((api) => api.listCredentials({ query: { ...MANY, state: 'active' } })),
    viewerSession(),
  ]);
  const names = domains.value?.items.map(({ name }) => name) ?? [];
  const chosen = names.find((name) => name === wanted) ?? names[0];
  const [detail, messages] = await Promise.all([
    chosen === undefined ? undefined : ask((api) => api.showDomain({ params: { domain: chosen } })),
    chosen === undefined ? undefined : ask((api) => api.findMessages({ query: { q: `from:@${chosen}`, limit: 1 } })),
  ]);
  const message = messages?.value?.items[0];
  const check = message && (await ask((api) => api.checkMessage({ params: { id: message.id } })));
  const problem = domains.problem ?? credentials.problem ?? detail?.problem;
  const permissions = session.value?.permissions ?? [];
  return (
    <>
      <PageHeading
        title="First mail"
        says="From nothing to a mail that is delivered, signed, and believed to be yours. Come back at any time: it goes on where it is."
      />
      {problem ? (
        <ProblemNotice problem={problem} />
      ) : (
        <FirstMailClient
          key={chosen ?? ''}
          names={names}
          initial={{
            domain: detail?.value,
            credential: credentials.value?.items.find(({ senderRules }) =>
              senderRules.some((rule) => chosen !== undefined && allows(rule, chosen)),
            ),
            message,
            messageCheck: check?.value,
          }}
          mayAdd={permissions.includes('domains:write')}
          mayCreate={permissions.includes('credentials:write')}
        />
      )}
    </>
  );
}
