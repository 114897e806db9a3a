import type { Reclassified } from '@postern/admin-contract';
import { formatCount, formatCountOf, Panel, Verbatim } from '@postern/console-ui';

/** What other rules would say of stored replies, the most frequent change first. */
export function ChangeList(props: { readonly replies: number; readonly changes: readonly Reclassified[] }) {
  return (
    <Panel
      title="What would change"
      aside={
        <span className="text-xs text-ink-soft">
          of {formatCountOf(props.replies, 'stored reply', 'stored replies')}
        </span>
      }
    >
      {props.changes.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">Nothing: every stored reply keeps its class.</p>
      ) : (
        <ul>
          {props.changes.map(({ from, to, rule, replies, example }) => (
            <li key={`${from} ${to} ${rule}`} className="border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium tabular-nums">{formatCount(replies)}</span>
                <span>
                  {from?.replaceAll('_', ' ') ?? 'not classified'} → <b>{to.replaceAll('_', ' ')}</b>
                </span>
                <span className="text-xs text-ink-soft">by {rule}</span>
              </p>
              <Verbatim text={example} className="mt-0.5 text-ink-soft" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
