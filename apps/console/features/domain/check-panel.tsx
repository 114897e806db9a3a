import type { DomainCheck } from '@postern/admin-contract';
import { Instant, OutsideText, Panel } from '@postern/console-ui';
import { CheckMark } from './check-mark.tsx';

/** What the world saw at the last check, the worst first, and what to do about it. */
export function CheckPanel({ check }: { readonly check: DomainCheck | null }) {
  return (
    <Panel title="What the world sees" aside={check && <Checked check={check} />}>
      {check ? (
        <ul className="divide-y divide-line">
          {worstFirst(check.lines).map((line) => (
            <li key={line.id} className="px-4 py-3 text-sm">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <CheckMark status={line.status} />
                <span className="font-medium">{line.about}</span>
              </p>
              <p className="mt-0.5 break-words text-ink-soft">
                <OutsideText text={line.found} />
              </p>
              {line.effect && <p className="mt-1">{line.effect}</p>}
              {line.remedy && <p className="mt-1 font-medium">{line.remedy}</p>}
            </li>
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3.5 text-sm text-ink-soft">It was not checked yet.</p>
      )}
    </Panel>
  );
}

function Checked({ check }: { readonly check: DomainCheck }) {
  return (
    <span className="text-xs text-ink-soft">
      checked <Instant at={check.checkedAt} />
    </span>
  );
}

const ORDER = ['fail', 'warn', 'unknown', 'info', 'pass'] as const;

function worstFirst(lines: DomainCheck['lines']): DomainCheck['lines'] {
  return lines.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
}
