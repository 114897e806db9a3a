import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import type { PolicyExplanation } from '@postern/admin-contract';
import { classNames, Fact, Facts, Instant, OutsideText, Panel, TONE_TEXT } from '@postern/console-ui';
import { HostPanel } from './host-panel.tsx';

const VERDICTS = {
  pass: { icon: CircleCheck, tone: 'good' },
  some: { icon: TriangleAlert, tone: 'wait' },
  fail: { icon: CircleX, tone: 'bad' },
} as const;

/** What a delivery to a domain would have to prove, why, and whether its hosts do. */
export function Explanation({ explanation }: { readonly explanation: PolicyExplanation }) {
  const { icon: Icon, tone } = VERDICTS[explanation.verdict];
  return (
    <section aria-label={`TLS policy of ${explanation.domain}`} className="mb-6 flex flex-col gap-4">
      <p className="flex items-start gap-2 text-base">
        <Icon aria-hidden className={classNames('mt-1 size-4 shrink-0', TONE_TEXT[tone])} />
        <span>
          <OutsideText text={explanation.summary} />
          <span className="text-sm text-ink-soft">
            {' '}
            (asked <Instant at={explanation.at} />)
          </span>
        </span>
      </p>
      <Panel title="Where the demands come from">
        <Facts className="grid-cols-1 md:grid-cols-2">
          <Fact name="Goes to">
            {explanation.route === null ? 'its own mail hosts' : `the route ${explanation.route}`}
          </Fact>
          <Fact name="DNSSEC">
            {explanation.dnssec.believed ? 'believed' : 'not believed: DANE is off'}: {explanation.dnssec.because}
          </Fact>
          <Fact name="Its MX records">
            {explanation.mailHosts.authentic ? 'authentic' : 'not authentic'}:{' '}
            <OutsideText text={explanation.mailHosts.because} />
          </Fact>
          <Fact name="MTA-STS">
            <MtaSts policy={explanation.mtaSts} />
          </Fact>
          <Fact name="Your own rules">
            <OutsideText text={explanation.local.because} />
          </Fact>
        </Facts>
      </Panel>
      {explanation.hosts.map((host) => (
        <HostPanel key={host.host} host={host} />
      ))}
    </section>
  );
}

function MtaSts({ policy }: { readonly policy: PolicyExplanation['mtaSts'] }) {
  return (
    <>
      {policy.mode ?? 'none'}
      {policy.mx.length > 0 && (
        <>
          {' '}
          for <OutsideText text={policy.mx.join(', ')} />
        </>
      )}
      {policy.expiresAt && (
        <>
          , until <Instant at={policy.expiresAt} />
        </>
      )}
      {policy.because && (
        <>
          : <OutsideText text={policy.because} />
        </>
      )}
    </>
  );
}
