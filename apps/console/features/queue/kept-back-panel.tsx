import type { KeptBack } from '@postern/admin-contract';
import { Due, formatCountOf, Instant, OutsideText, Panel, ToldTimes } from '@postern/console-ui';

/** What keeps the mail of a queue from being sent at once, in words; nothing where nothing does. */
export function KeptBackPanel({ keptBack }: { readonly keptBack: readonly KeptBack[] }) {
  if (keptBack.length === 0) return null;
  return (
    <Panel title="What keeps its mail back">
      <ul>
        {keptBack.map(({ by, says, recipients, until }, at) => (
          <li key={`${by} ${at}`} className="border-b border-line px-4 py-2 text-sm last:border-b-0">
            <p className="[overflow-wrap:anywhere]">
              {by === 'no delivery process' ? <ToldTimes text={says} /> : <OutsideText text={says} />}
            </p>
            <p className="flex flex-wrap gap-x-3 text-xs text-ink-soft">
              {recipients !== null && (
                <span className="tabular-nums">{formatCountOf(recipients, 'recipient', 'recipients')}</span>
              )}
              {until && (
                <span>
                  until <Instant at={until} /> (<Due at={until} />)
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
