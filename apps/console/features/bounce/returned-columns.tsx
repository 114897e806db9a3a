import { Ban, CircleSlash, MailCheck, Repeat, Sigma } from 'lucide-react';
import Link from 'next/link';
import type { ReturnedReport } from '@postern/admin-contract';
import { Instant, OutsideText, TonedWord } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { EFFECT_WORDS, KIND_WORDS, saysOf } from './returned-words.ts';

const ICONS = { suppressed: Ban, told: MailCheck, counted: Sigma, repeated: Repeat, none: CircleSlash } as const;

/** The columns of what came back to signed return-paths. */
export const RETURNED_COLUMNS: readonly Column<ReturnedReport>[] = [
  {
    key: 'received',
    heading: 'Came back',
    narrow: 'trail',
    className: 'text-ink-soft',
    cell: ({ receivedAt }) => <Instant at={receivedAt} />,
  },
  {
    key: 'recipient',
    heading: 'Recipient',
    narrow: 'lead',
    className: 'md:w-[26%] md:max-w-0',
    cell: ({ messageId, recipient, named }) => (
      <span className="block break-all md:truncate">
        <Link href={`/messages/${messageId}`} prefetch={false} className="font-medium hover:underline">
          {recipient === null ? 'none of its own' : <OutsideText text={recipient} />}
        </Link>
        {recipient === null && named !== null && (
          <span className="text-ink-soft">
            , names <OutsideText text={named} />
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'what',
    heading: 'What it says',
    narrow: 'line',
    className: 'md:w-[34%] md:max-w-0',
    cell: (report) => (
      <span title={report.diagnostic ?? undefined} className="block break-words md:truncate">
        <b className="font-medium">{report.class?.replaceAll('_', ' ') ?? KIND_WORDS[report.kind]}</b>
        {saysOf(report) !== '' && (
          <>
            {' '}
            <span className="tabular-nums">
              <OutsideText text={saysOf(report)} />
            </span>
          </>
        )}
        {report.diagnostic && (
          <span className="text-ink-soft">
            : <OutsideText text={report.diagnostic} />
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'effect',
    heading: 'What came of it',
    narrow: 'line',
    cell: ({ effect }) => (
      <TonedWord icon={ICONS[effect]} tone={EFFECT_WORDS[effect].tone} word={EFFECT_WORDS[effect].word} />
    ),
  },
  {
    key: 'from',
    heading: 'From',
    narrow: 'hidden',
    from: 'lg',
    className: 'text-ink-soft md:max-w-48',
    cell: ({ reportingMta, clientAddress }) => (
      <span title={`from ${clientAddress}`} className="block truncate">
        <OutsideText text={reportingMta ?? clientAddress} />
      </span>
    ),
  },
];
