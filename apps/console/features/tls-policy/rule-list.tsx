import type { TlsRule } from '@postern/admin-contract';
import { Instant, OutsideText, Panel } from '@postern/console-ui';

/** What operators have decided beyond what domains demand themselves. */
export function RuleList({ rules }: { readonly rules: readonly TlsRule[] }) {
  return (
    <Panel title="Your own rules">
      {rules.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-soft">
          None: what a domain publishes counts, and TLS is used wherever it is offered. A rule demands more of a domain,
          a route or a credential: <code className="font-mono">postern policy rule add --help</code> tells how.
        </p>
      ) : (
        <ul className="divide-y divide-line text-sm">
          {rules.map((rule) => (
            <li key={rule.id} className="px-4 py-3">
              <p>
                <span className="font-medium">
                  {rule.scope} <OutsideText text={rule.of} />
                </span>
                : {demandOf(rule)}
                {rule.until && (
                  <>
                    , until <Instant at={rule.until} form="full" />
                  </>
                )}
              </p>
              <p className="mt-0.5 text-ink-soft">
                <OutsideText text={rule.reason} /> (<OutsideText text={rule.createdBy} />,{' '}
                <Instant at={rule.createdAt} />)
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const DEMANDS: Readonly<Record<TlsRule['channel'], string | undefined>> = {
  none: undefined,
  encrypted: 'TLS',
  verified: 'TLS with a certificate for its name',
  dane: 'DANE',
};

function demandOf(rule: TlsRule): string {
  const parts = [
    DEMANDS[rule.channel],
    rule.minVersion ? `${rule.minVersion} or later` : undefined,
    rule.ciphers.length > 0 ? `only the cipher suites ${rule.ciphers.join(', ')}` : undefined,
    rule.allowExpired ? 'an expired certificate will do' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
