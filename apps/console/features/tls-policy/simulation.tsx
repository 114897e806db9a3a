import type { PolicySimulation } from '@postern/admin-contract';
import { formatCountOf, Instant, OutsideText, Panel, TONE_TEXT } from '@postern/console-ui';

/** Which deliveries would have waited. */
export function Simulation({ simulation }: { readonly simulation: PolicySimulation }) {
  return (
    <section aria-label="Simulation" className="flex flex-col gap-4">
      <p className="text-sm text-ink-soft">
        Deliveries since <Instant at={simulation.since} form="full" />
      </p>
      {simulation.domains.map((each) => (
        <Domain key={each.domain} about={each} />
      ))}
    </section>
  );
}

function Domain({ about }: { readonly about: PolicySimulation['domains'][number] }) {
  const { domain, deliveries, wouldHaveFailed, reasons } = about;
  return (
    <Panel
      title={<OutsideText text={domain} />}
      aside={
        <span className={TONE_TEXT[wouldHaveFailed > 0 ? 'bad' : deliveries > 0 ? 'good' : 'idle']}>
          {wouldHaveFailed > 0
            ? `${wouldHaveFailed} of ${deliveries} would have waited`
            : deliveries > 0
              ? `all ${deliveries} proved it`
              : 'no delivery'}
        </span>
      }
    >
      {reasons.length === 0 ? (
        <p className="px-4 py-3 text-sm text-ink-soft">
          {deliveries > 0
            ? 'A rule that requires verified TLS would have held nothing back.'
            : 'Nothing was delivered there in this time, so nothing can be said.'}
        </p>
      ) : (
        <ul className="divide-y divide-line text-sm">
          {reasons.map(({ host, why, deliveries: count }) => (
            <li key={`${host} ${why}`} className="flex flex-wrap gap-x-3 px-4 py-2.5">
              <span className="tabular-nums">{formatCountOf(count, 'delivery', 'deliveries')}</span>
              <span className="min-w-0 flex-1 basis-64 break-words">
                <OutsideText text={host ?? 'no host'} />: <OutsideText text={why} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
