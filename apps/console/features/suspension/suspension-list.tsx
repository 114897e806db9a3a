'use client';

import { CirclePause } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState, type ReactNode } from 'react';
import type { Page, RequestOf, ROUTES, Suspension } from '@postern/admin-contract';
import { Button, formatCountOf, Instant, OutsideText, Panel, TONE_TEXT } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { CsvLink } from '../table/csv-link.tsx';
import { MoreButton } from '../table/more-button.tsx';
import { useMore } from '../table/use-more.ts';
import { suspendedWords } from './words.ts';

type Query = NonNullable<RequestOf<typeof ROUTES.listSuspensions>['query']>;

/** What is suspended, by whom and until when: mail that waits because somebody said so is not looked for elsewhere. */
export function SuspensionList(props: {
  readonly page: Page<Suspension>;
  readonly mayCommand: boolean;
  /** Which of them, and in which order; all, the latest first, where it is not said. */
  readonly query?: Query;
  /** What chooses them. */
  readonly filter?: ReactNode;
}) {
  const { page, mayCommand, query = {}, filter } = props;
  const router = useRouter();
  const [first, setFirst] = useState(page);
  const [asked, setAsked] = useState(page);
  if (asked !== page) {
    setAsked(page);
    setFirst(page);
  }
  useRefresh({
    wanted: true,
    refresh: async () => {
      const result = await browserApi.listSuspensions({ query });
      if ('ok' in result) setFirst(result.ok);
    },
  });
  const list = useMore({
    first,
    key: keyOf,
    ask: (cursor) => browserApi.listSuspensions({ query: { ...query, cursor } }),
  });
  const suspensions = list.items;
  const narrowed = query.scope !== undefined;
  if (suspensions.length === 0 && !narrowed) return null;
  return (
    <Panel
      title="Suspended"
      className="mb-4"
      aside={
        <span className="flex items-center gap-3 text-xs text-ink-soft tabular-nums">
          {formatCountOf(suspensions.length, 'suspension', 'suspensions')}
          {list.askMore && ' shown'}
          <CsvLink of="/api/v1/suspensions.csv" query={{ scope: query.scope, order: query.order }} />
        </span>
      }
    >
      {filter && (narrowed || suspensions.length > 1) && (
        <div className="border-b border-line px-4 py-2.5">{filter}</div>
      )}
      {suspensions.length === 0 && (
        <p className="px-4 py-3.5 text-sm text-ink-soft">Nothing of this kind is suspended.</p>
      )}
      <ul className="divide-y divide-line text-sm">
        {suspensions.map((suspension) => (
          <li key={keyOf(suspension)} className="flex items-center gap-3 px-4 py-2.5">
            <CirclePause aria-hidden className={`size-4 shrink-0 ${TONE_TEXT.hold}`} />
            <Said suspension={suspension} />
            {mayCommand && <Resume suspension={suspension} onDone={() => router.refresh()} />}
          </li>
        ))}
      </ul>
      <MoreButton more={list} word="suspensions" />
    </Panel>
  );
}

function keyOf({ id, subject }: Suspension): string {
  return id ?? `queue ${subject}`;
}

function Said({ suspension }: { readonly suspension: Suspension }) {
  const what = <OutsideText text={suspendedWords(suspension)} />;
  return (
    <div className="min-w-0 flex-1">
      <p className="font-medium break-words">
        {suspension.id === null ? (
          <Link href={`/queues/${suspension.subject}`} prefetch={false} className="hover:underline">
            {what}
          </Link>
        ) : (
          what
        )}
      </p>
      <p className="text-xs break-words text-ink-soft">
        since <Instant at={suspension.since} />
        {suspension.until ? (
          <>
            {' '}
            until <Instant at={suspension.until} />
          </>
        ) : (
          ', until someone resumes it,'
        )}{' '}
        by <OutsideText text={suspension.by} />
        {suspension.reason && (
          <>
            : <OutsideText text={suspension.reason} />
          </>
        )}
      </p>
    </div>
  );
}

function Resume({ suspension, onDone }: { readonly suspension: Suspension; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  const what = suspendedWords(suspension);
  return (
    <>
      <Button aria-label={`Resume: ${what}`} onClick={() => setAsked(true)}>
        Resume
      </Button>
      {asked && (
        <CommandDialog<unknown>
          title={`Resume: ${what}`}
          says="What waits for it is due within seconds."
          verb="Resume"
          kind="primary"
          onClose={() => setAsked(false)}
          command={(body) =>
            suspension.id === null
              ? browserApi.resumeQueue({ params: { id: Number(suspension.subject) }, body })
              : browserApi.liftSuspension({ params: { id: suspension.id }, body })
          }
          onDone={onDone}
        />
      )}
    </>
  );
}
