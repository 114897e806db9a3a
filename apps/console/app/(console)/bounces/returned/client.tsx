'use client';

import { MailQuestion, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { RETURNED_EFFECTS, RETURNED_KINDS, type Page, type ReturnedReport } from '@postern/admin-contract';
import { buttonLook, EmptyState } from '@postern/console-ui';
import { RETURNED_COLUMNS } from '../../../../features/bounce/returned-columns.tsx';
import { EFFECT_WORDS, KIND_WORDS } from '../../../../features/bounce/returned-words.ts';
import { PageHeading } from '../../../../features/shell/page-heading.tsx';
import { Choice } from '../../../../features/table/choice.tsx';
import { CsvLink } from '../../../../features/table/csv-link.tsx';
import { ListView } from '../../../../features/table/list-view.tsx';
import { NoMatch } from '../../../../features/table/no-match.tsx';
import { endsOf, sortsOf } from '../../../../features/table/sorts.ts';
import { useLivePage } from '../../../../live/use-live-page.ts';
import { returnedPath, type ReturnedSearch } from './search-params.ts';

/** What came back by mail after a delivery, what it was tied to, and what came of it. */
export function ReturnedClient(props: { readonly page: Page<ReturnedReport>; readonly search: ReturnedSearch }) {
  const { page, search } = props;
  const router = useRouter();
  useLivePage();
  const go = (change: Partial<ReturnedSearch>) => router.push(returnedPath(search, change));
  const filtered = Boolean(search.kind ?? search.effect ?? search.message);
  return (
    <>
      <PageHeading
        title="Returned reports"
        says="What came back by mail to our return-paths after a delivery: what it was tied to, and what came of it."
        actions={<CsvLink of="/api/v1/bounces/returned.csv" query={search} />}
      />
      {(filtered || page.items.length > 0) && (
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <Choice
            label="What it is"
            value={search.kind ?? ''}
            onChange={(given) => go({ kind: RETURNED_KINDS.find((kind) => kind === given) })}
            options={[['', 'Anything'], ...RETURNED_KINDS.map((kind) => [kind, KIND_WORDS[kind]] as const)]}
          />
          <Choice
            label="What came of it"
            value={search.effect ?? ''}
            onChange={(given) => go({ effect: RETURNED_EFFECTS.find((effect) => effect === given) })}
            options={[
              ['', 'Whatever came of it'],
              ...RETURNED_EFFECTS.map((effect) => [effect, EFFECT_WORDS[effect].says] as const),
            ]}
          />
          {search.message && (
            <Link
              href={returnedPath(search, { message: undefined })}
              prefetch={false}
              aria-label="Not only those of one message"
              className={buttonLook('plain')}
            >
              <span className="text-ink-soft">message</span>
              <span className="max-w-40 truncate font-mono text-xs">{search.message}</span>
              <X aria-hidden className="size-3.5" />
            </Link>
          )}
        </div>
      )}
      <ListView
        label="Returned reports"
        noun={['report', 'reports']}
        columns={RETURNED_COLUMNS}
        page={page}
        rowKey={({ id }) => id}
        faded={({ effect }) => effect === 'none' || effect === 'repeated'}
        cursor={search.cursor}
        path={(cursor) => returnedPath(search, { cursor })}
        sorts={sortsOf(search, { received: ['received', 'descending'] }, (change) => returnedPath(search, change))}
        words={endsOf(search.order)}
        empty={
          filtered ? (
            <NoMatch icon={MailQuestion} title="Nothing of that came back" noun="reports" all="/bounces/returned">
              What came back was something else, or something else came of it.
            </NoMatch>
          ) : (
            <EmptyState icon={MailQuestion} title="Nothing came back yet">
              <p>
                Some hosts take a message and refuse it later, by mail. Where a credential’s bounce settings say “signed
                return-paths”, such reports come back here, and count.
              </p>
              <Link href="/credentials" prefetch={false} className={buttonLook('plain', 'mt-4')}>
                Credentials
              </Link>
            </EmptyState>
          )
        }
      />
    </>
  );
}
