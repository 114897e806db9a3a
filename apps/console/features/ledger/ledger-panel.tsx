import Link from 'next/link';
import type { Ledger, RecipientState } from '@postern/admin-contract';
import { classNames, formatCount, Panel, STATE_LOOK, TONE_FILL, TONE_TEXT } from '@postern/console-ui';

const WAITING = ['queued', 'sending', 'deferred', 'held'] as const;
const ENDED = ['delivered', 'bounced', 'expired', 'suppressed', 'cancelled'] as const;

/** The ledger: how many recipients were accepted, and how many are in each state. The states add up to all. */
export function LedgerPanel({ ledger }: { readonly ledger: Ledger }) {
  return (
    <Panel
      title="Recipients"
      aside={
        <span className="text-xs text-ink-soft">
          <span className="font-semibold text-ink tabular-nums">{formatCount(ledger.accepted)}</span> accepted
        </span>
      }
    >
      <div className="px-4 pt-4">
        <Shares ledger={ledger} />
      </div>
      <div className="grid grid-cols-1 gap-x-8 p-4 pt-3 xl:grid-cols-[4fr_5fr]">
        <Group title="Waiting" states={WAITING} ledger={ledger} />
        <Group title="Ended" states={ENDED} ledger={ledger} />
      </div>
    </Panel>
  );
}

function Group(props: { readonly title: string; readonly states: readonly RecipientState[]; readonly ledger: Ledger }) {
  return (
    <section aria-label={props.title}>
      <h3 className="pt-2 pb-1 text-xs text-ink-soft">{props.title}</h3>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(6.5rem,1fr))] gap-x-3 gap-y-1">
        {props.states.map((state) => {
          const { icon: Icon, tone, says } = STATE_LOOK[state];
          const count = props.ledger[state];
          return (
            <li key={state}>
              <Link
                href={`/messages?q=${encodeURIComponent(`state:${state}`)}`}
                prefetch={false}
                title={`${state}: ${says}`}
                className="-mx-2 block rounded-md px-2 py-1.5 hover:bg-hover"
              >
                <span
                  className={classNames(
                    'text-xl font-semibold tracking-tight tabular-nums',
                    count === 0 && 'text-ink-faint',
                  )}
                >
                  {formatCount(count)}
                </span>
                <span className={classNames('flex items-center gap-1 text-xs', TONE_TEXT[tone])}>
                  <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
                  {state}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The share of each state as one bar; the figures below it are the same in words. */
function Shares({ ledger }: { readonly ledger: Ledger }) {
  const states = [...ENDED, ...WAITING].filter((state) => ledger[state] > 0);
  const total = states.reduce((sum, state) => sum + ledger[state], 0);
  const width = (state: RecipientState) => (ledger[state] / total) * 1000;
  return (
    <svg
      viewBox="0 0 1000 8"
      preserveAspectRatio="none"
      aria-hidden
      className="block h-2 w-full overflow-hidden rounded-full"
    >
      {states.map((state, at) => (
        <rect
          key={state}
          x={states.slice(0, at).reduce((sum, each) => sum + width(each), 0)}
          width={Math.max(1, width(state) - 2)}
          height="8"
          className={TONE_FILL[STATE_LOOK[state].tone]}
        />
      ))}
    </svg>
  );
}
