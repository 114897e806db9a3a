import { formatCountOf, OutsideText, Panel } from '@postern/console-ui';
import type { RuleDifference } from './rule-difference.ts';

const PARTS = [
  ['only', 'only in this version'],
  ['missing', 'only in those that count'],
  ['other', 'in both, and not the same'],
] as const;

/** How an older version differs from the rules that count now. */
export function DifferencePanel({ difference }: { readonly difference: RuleDifference }) {
  const parts = PARTS.filter(([part]) => difference[part].length > 0);
  return (
    <Panel title="Against the rules that count now">
      {parts.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">
          {difference.reordered ? 'The same rules in another order.' : 'The same rules in the same order.'}
        </p>
      ) : (
        <ul>
          {parts.map(([part, says]) => (
            <li key={part} className="border-b border-line px-4 py-2.5 text-sm last:border-b-0">
              <p className="font-medium">
                {formatCountOf(difference[part].length, 'rule', 'rules')} {says}
              </p>
              <p className="mt-0.5 font-mono text-xs leading-5 break-words text-ink-soft">
                <OutsideText text={difference[part].join(', ')} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
