import type { CheckLine } from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';
import { CheckMark } from './check-mark.tsx';

/**
 * What was looked at, the worst first: what was found, what comes of it, and how to mend it. `found` leaves the latter out,
 * where the page says it elsewhere.
 */
export function CheckList({
  lines,
  show = 'all',
}: {
  readonly lines: readonly CheckLine[];
  readonly show?: 'all' | 'found';
}) {
  return (
    <ul className="divide-y divide-line">
      {worstFirst(lines).map((line) => (
        <li key={line.id} className="px-4 py-3 text-sm">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <CheckMark status={line.status} />
            <span className="font-medium">
              <OutsideText text={line.about} />
            </span>
          </p>
          <p className="mt-0.5 break-words text-ink-soft">
            <OutsideText text={line.found} />
          </p>
          {show === 'all' && line.effect && (
            <p className="mt-1 break-words">
              <OutsideText text={line.effect} />
            </p>
          )}
          {show === 'all' && line.remedy && (
            <p className="mt-1 font-medium break-words">
              <OutsideText text={line.remedy} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

const ORDER = ['fail', 'warn', 'unknown', 'info', 'pass'] as const;

function worstFirst(lines: readonly CheckLine[]): readonly CheckLine[] {
  return lines.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}
