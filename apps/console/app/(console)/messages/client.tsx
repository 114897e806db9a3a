'use client';

import { ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import type { MessageSummary, Page, Problem, SavedView } from '@postern/admin-contract';
import { formatCountOf } from '@postern/console-ui';
import { MESSAGE_COLUMNS } from '../../../features/message/columns.tsx';
import { mergeMessages, type Shown } from '../../../features/message/merge-messages.ts';
import { NoMessages } from '../../../features/message/no-messages.tsx';
import { QueryFault, QueryHelp } from '../../../features/message/query-help.tsx';
import { SavedViews } from '../../../features/message/saved-views.tsx';
import { SearchedBack } from '../../../features/message/searched-back.tsx';
import { StateChips } from '../../../features/message/state-chips.tsx';
import { stateOf, withState } from '../../../features/message/state-term.ts';
import { BulkCommands } from '../../../features/operation/bulk-commands.tsx';
import { ProblemNotice } from '../../../features/problem/problem-notice.tsx';
import { CsvLink } from '../../../features/table/csv-link.tsx';
import { DataTable } from '../../../features/table/data-table.tsx';
import { Pager } from '../../../features/table/pager.tsx';
import { SearchBox } from '../../../features/table/search-box.tsx';
import { endsOf, sortsOf } from '../../../features/table/sorts.ts';
import { browserApi } from '../../../live/browser-api.ts';
import { useRefresh } from '../../../live/use-refresh.ts';
import { messagesPath, type MessagesSearch } from './search-params.ts';

/** A page of what was found; `searchedBackTo` tells that the search stopped there for now. */
type FoundMessages = Page<MessageSummary> & { readonly searchedBackTo: string | null };

interface Props {
  readonly views: readonly SavedView[];
  readonly found: { readonly value?: FoundMessages | undefined; readonly problem?: Problem | undefined };
  readonly search: MessagesSearch;
  /** Whether this gateway has ever accepted mail: what an empty page teaches depends on it. */
  readonly everAccepted: boolean;
  readonly mayCommand: boolean;
}

export function MessagesClient({ views, found, search, everAccepted, mayCommand }: Props) {
  const router = useRouter();
  const query = search.q ?? '';
  return (
    <>
      <div className="mb-3 flex flex-col gap-2.5">
        <div className="flex flex-wrap gap-2">
          <SearchBox
            className="max-sm:basis-full"
            label="Search messages"
            placeholder="to:@example.com since:2h, or words of the subject"
            value={query}
            maxLength={1000}
            onSearch={(q) => router.push(messagesPath(search, { q }))}
          />
          <QueryHelp onTry={(q) => router.push(messagesPath(search, { q }))} />
          <SavedViews views={views} query={query} />
          {found.value && <CsvLink of="/api/v1/messages.csv" query={search} />}
          {mayCommand && query !== '' && found.value && <BulkCommands query={query} onDone={() => router.refresh()} />}
        </div>
        <StateChips chosen={stateOf(query)} path={(state) => messagesPath(search, { q: withState(query, state) })} />
      </div>
      {found.problem?.code === 'invalid-request' && <QueryFault problem={found.problem} />}
      {found.problem && found.problem.code !== 'invalid-request' && <ProblemNotice problem={found.problem} />}
      {found.value && <Found page={found.value} search={search} everAccepted={everAccepted} />}
    </>
  );
}

/** The list, kept up to date where it stands; what is new above it is offered, not pushed in. */
function Found(props: {
  readonly page: FoundMessages;
  readonly search: MessagesSearch;
  readonly everAccepted: boolean;
}) {
  const { page, search } = props;
  const router = useRouter();
  const [showing, startShowing] = useTransition();
  const [shown, setShown] = useState<Shown>({ messages: page.items, waiting: 0 });
  const [asked, setAsked] = useState(page);
  if (asked !== page) {
    setAsked(page);
    setShown({ messages: page.items, waiting: 0 });
  }
  useRefresh({
    wanted: true,
    refresh: async () => {
      const result = await browserApi.findMessages({ query: search });
      if (!('ok' in result)) return;
      const merged = mergeMessages(shown.messages, result.ok.items);
      setShown(search.cursor || search.order === 'ascending' ? { ...merged, waiting: 0 } : merged);
    },
  });
  const words = endsOf(search.order);
  const count = `${shown.waiting}${shown.waiting >= search.limit ? ' or more' : ''}`;
  return (
    <>
      <div aria-live="polite">
        {shown.waiting > 0 && (
          <button
            type="button"
            disabled={showing}
            onClick={() => startShowing(() => router.refresh())}
            className="mb-2 flex h-8 w-full items-center justify-center gap-1.5 rounded-md border border-accent/40 bg-accent-soft text-sm font-medium text-accent-strong hover:border-accent pointer-coarse:h-11"
          >
            <ArrowUp aria-hidden className="size-4" />
            {showing ? 'Showing…' : `${count} new ${shown.waiting === 1 ? 'message' : 'messages'}`}
          </button>
        )}
      </div>
      {page.searchedBackTo && (
        <SearchedBack
          at={page.searchedBackTo}
          next={page.nextCursor ? messagesPath(search, { cursor: page.nextCursor }) : undefined}
        />
      )}
      {shown.messages.length === 0 && page.searchedBackTo ? null : shown.messages.length === 0 ? (
        <NoMessages
          filtered={Boolean(search.q)}
          everAccepted={props.everAccepted}
          later={search.cursor !== undefined}
        />
      ) : (
        <>
          <DataTable
            label="Messages"
            columns={MESSAGE_COLUMNS}
            rows={shown.messages}
            rowKey={(message) => message.id}
            sorts={sortsOf(search, { accepted: ['accepted', 'descending'] }, (change) => messagesPath(search, change))}
          />
          <Pager
            shown={`${formatCountOf(shown.messages.length, 'message', 'messages')} shown`}
            first={search.cursor ? { href: messagesPath(search), word: words.first } : undefined}
            next={
              page.nextCursor
                ? { href: messagesPath(search, { cursor: page.nextCursor }), word: words.next }
                : undefined
            }
          />
        </>
      )}
    </>
  );
}
