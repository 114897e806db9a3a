import { History } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonLook, EmptyState } from '@postern/console-ui';
import { VERSION_COLUMNS } from '../../../../../features/bounce/version-columns.tsx';
import { ProblemPage } from '../../../../../features/problem/problem-page.tsx';
import { BackLink } from '../../../../../features/shell/back-link.tsx';
import { PageHeading } from '../../../../../features/shell/page-heading.tsx';
import { ListView } from '../../../../../features/table/list-view.tsx';
import type { RawSearch } from '../../../../../features/table/search-of.ts';
import { ask } from '../../../../../server/api.ts';
import { readSearch, versionsPath } from './search-params.ts';

export const metadata: Metadata = { title: 'Versions of the bounce rules' };

export default async function VersionsPage({ searchParams }: { readonly searchParams: Promise<RawSearch> }) {
  const search = readSearch(await searchParams);
  const { value: page, problem } = await ask((api) => api.listBounceRules({ query: search }));
  return (
    <>
      <BackLink href="/bounces/rules">Bounce rules</BackLink>
      {problem ? (
        <ProblemPage title="Versions" problem={problem} />
      ) : (
        <>
          <PageHeading
            title="Versions"
            says="The rules that classified replies, each since it was activated. What is stored keeps the class of its time."
          />
          <ListView
            label="Versions of the bounce rules"
            noun={['version', 'versions']}
            columns={VERSION_COLUMNS}
            page={page}
            rowKey={({ version }) => String(version)}
            cursor={search.cursor}
            path={versionsPath}
            words={{ first: 'Latest', next: 'Older' }}
            empty={
              <EmptyState icon={History} title="The rules that ship were never changed">
                <p>
                  Each time rules of your own are activated, a version is added here, and any older one can be looked at
                  and brought back.
                </p>
                <div className="mt-4">
                  <Link href="/bounces/rules" prefetch={false} className={buttonLook('plain')}>
                    The rules that count now
                  </Link>
                </div>
              </EmptyState>
            }
          />
        </>
      )}
    </>
  );
}
