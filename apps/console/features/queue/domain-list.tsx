import type { QueueDetail } from '@postern/admin-contract';
import { DomainName, formatCount, Panel } from '@postern/console-ui';

/** The domains whose mail waits in a queue, the deepest first, each with its share. */
export function DomainList({ domains }: { readonly domains: QueueDetail['domains'] }) {
  const deepest = Math.max(1, ...domains.map((each) => each.recipients));
  return (
    <Panel
      title="Domains waiting here"
      aside={domains.length >= 100 && <span className="text-xs text-ink-soft">the deepest 100</span>}
    >
      {domains.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">Nothing waits here.</p>
      ) : (
        <table className="w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">Domain</th>
              <th scope="col">Recipients waiting</th>
            </tr>
          </thead>
          <tbody>
            {domains.map(({ domain, recipients }) => (
              <tr key={domain} className="border-b border-line last:border-b-0">
                <td className="max-w-0 px-4 py-1.5">
                  <span className="block truncate">
                    <DomainName name={domain} />
                  </span>
                  <svg viewBox="0 0 1000 3" preserveAspectRatio="none" aria-hidden className="mt-1 block h-0.75 w-full">
                    <rect width="1000" height="3" rx="1.5" className="fill-line" />
                    <rect width={(recipients / deepest) * 1000} height="3" rx="1.5" className="fill-accent/70" />
                  </svg>
                </td>
                <td className="w-28 px-4 py-1.5 text-right tabular-nums">{formatCount(recipients)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
