import type { Volume } from '@postern/admin-contract';
import { formatCount, formatShare, Meter, Panel } from '@postern/console-ui';
import { PanelLink } from '../shell/panel-link.tsx';

const POLICIES: Readonly<Record<string, readonly [word: string, says: string]>> = {
  tlsa: ['DANE', 'the host proved its key by TLSA records'],
  sts: ['MTA-STS', 'the host proved its name by a certificate'],
  'no-policy-found': ['no policy', 'encrypted where the host offers it'],
};

/** Which TLS policies the mail hosts had, and how many sessions met them. */
export function TlsShare({ tls }: { readonly tls: Volume['tls'] }) {
  const all = tls.reduce((sum, each) => sum + each.successes + each.failures, 0);
  return (
    <Panel title="TLS by policy" aside={<PanelLink href="/tls-policy">TLS policy</PanelLink>}>
      {all === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">No session with a mail host in this time, by whole days (UTC).</p>
      ) : (
        <table className="w-full text-sm">
          <thead className="text-left text-xs text-ink-soft">
            <tr>
              <th scope="col" className="px-4 pt-2.5 font-medium">
                Policy found
              </th>
              <th scope="col" className="pt-2.5 text-right font-medium">
                Sessions
              </th>
              <th scope="col" className="px-4 pt-2.5 text-right font-medium">
                Met it
              </th>
            </tr>
          </thead>
          <tbody>
            {tls.map(({ policyType, successes, failures }) => {
              const [word, says] = POLICIES[policyType] ?? [policyType, ''];
              const sessions = successes + failures;
              return (
                <tr key={policyType} className="border-t border-line first:border-t-0">
                  <th scope="row" className="px-4 py-1.5 text-left font-medium" title={says}>
                    {word}
                    <Meter
                      label={`Sessions with ${word}, of all`}
                      share={sessions / all}
                      top={1}
                      tone={policyType === 'no-policy-found' ? 'idle' : 'good'}
                    />
                  </th>
                  <td className="w-28 py-1.5 text-right tabular-nums">
                    {formatCount(sessions)}
                    <span className="block text-xs text-ink-soft">{formatShare(sessions / all)}</span>
                  </td>
                  <td className="w-28 px-4 py-1.5 text-right tabular-nums">
                    {formatShare(sessions === 0 ? 0 : successes / sessions)}
                    {failures > 0 && (
                      <span className="block text-xs font-medium text-bad">{formatCount(failures)} failed</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
