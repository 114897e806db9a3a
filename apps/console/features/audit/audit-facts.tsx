import type { AuditRecord } from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';

/** The reason that was given, and what else was decided, which opens. */
export function AuditFacts({ entry }: { readonly entry: AuditRecord }) {
  const facts = Object.entries(entry.facts).filter(([, value]) => value !== null && value !== undefined);
  if (facts.length === 0)
    return entry.reason === null ? <span className="text-ink-faint max-md:hidden">–</span> : <Reason entry={entry} />;
  return (
    <details>
      <summary className="cursor-pointer truncate">
        {entry.reason === null ? (
          <span className="text-ink-soft">{facts.map(([name]) => spaced(name)).join(', ')}</span>
        ) : (
          <Reason entry={entry} />
        )}
      </summary>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{spaced(name)}</dt>
            <dd className="break-words whitespace-normal">
              <OutsideText text={typeof value === 'string' ? value : JSON.stringify(value)} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Reason({ entry }: { readonly entry: AuditRecord }) {
  return <OutsideText text={entry.reason ?? ''} />;
}

/** `senderRules` as `sender rules`. */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
