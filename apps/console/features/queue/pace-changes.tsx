import { Due, Instant, OutsideText, Panel } from '@postern/console-ui';
import type { QueuePace } from '@postern/admin-contract';
import { Cause } from './pace-panel.tsx';

type Change = QueuePace['changes'][number];
const fine = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** What replies made of the pace, the latest first. */
export function PaceChanges({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <Panel title="What replies made of its pace">
      <ol>
        {changes.map((change, at) => (
          <li key={`${change.at} ${at}`} className="border-b border-line px-4 py-2 text-sm last:border-b-0">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="text-xs text-ink-soft">
                <Instant at={change.at} />
              </span>
              <span className="font-medium">{told(change)}</span>
              {change.subject && <OutsideText text={change.subject} />}
              {change.until && (
                <span className="text-xs text-ink-soft">
                  until <Instant at={change.until} /> (<Due at={change.until} />)
                </span>
              )}
            </p>
            <Cause cause={change.cause} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function told({ kind, before, after }: Change): string {
  const rate = (value: number | null) => (value === null ? 'no limit' : `${fine.format(value)} a minute`);
  return {
    lanes: `lanes ${before} to ${after}`,
    rate: `rate from ${rate(before)} to ${rate(after)}`,
    rest: 'it rests',
    answers: 'it answers again',
    sender: 'mail of one sender rests:',
    source: 'one source rests:',
  }[kind];
}
