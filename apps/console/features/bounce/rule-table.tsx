import type { BounceRuleSet } from '@postern/admin-contract';
import { Panel } from '@postern/console-ui';

/** The rules in their order, each with what it asks for. */
export function RuleTable(props: { readonly title?: string; readonly rules: BounceRuleSet['rules'] }) {
  const { title = 'Rules that count now', rules } = props;
  return (
    <Panel title={title}>
      <ol className="max-h-168 overflow-y-auto" tabIndex={0} aria-label="Rules in their order">
        {rules.map(({ id, class: why, ...asks }, at) => (
          <li key={at} className="border-b border-line px-4 py-2 text-sm last:border-b-0">
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="w-7 text-right text-xs text-ink-faint tabular-nums">{at + 1}</span>
              <span className="font-medium">{textOf(why).replaceAll('_', ' ')}</span>
              <span className="font-mono text-xs text-ink-soft">{textOf(id)}</span>
            </p>
            <p className="line-clamp-3 pl-10 text-xs break-words text-ink-soft">
              {Object.entries(asks)
                .map(
                  ([name, value]) => `${name}: ${Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value)}`,
                )
                .join(' · ')}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
