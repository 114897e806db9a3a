import { CircleCheck, CircleMinus, CircleX } from 'lucide-react';
import type { PolicyExplanation } from '@postern/admin-contract';
import { classNames, Fact, Facts, Instant, OutsideText, Panel, TONE_TEXT } from '@postern/console-ui';

type Host = PolicyExplanation['hosts'][number];

const VERDICTS = {
  pass: { icon: CircleCheck, tone: 'good', word: 'proves it' },
  fail: { icon: CircleX, tone: 'bad', word: 'does not prove it' },
  none: { icon: CircleMinus, tone: 'idle', word: 'not spoken with' },
} as const;

/** One mail host: what it must prove, and what it showed. */
export function HostPanel({ host }: { readonly host: Host }) {
  const { icon: Icon, tone, word } = VERDICTS[host.proved?.verdict ?? 'none'];
  return (
    <Panel
      title={<OutsideText text={host.host} />}
      aside={
        <span className={classNames('inline-flex items-center gap-1.5 text-sm font-medium', TONE_TEXT[tone])}>
          <Icon aria-hidden className="size-4" />
          {word}
        </span>
      }
    >
      <Facts className="grid-cols-1 md:grid-cols-2">
        <Fact name="Must prove">
          <span className="font-medium">{host.mustProve.demand}</span> ({host.mustProve.policy}):{' '}
          <OutsideText text={host.mustProve.because} />
        </Fact>
        <Fact name="DANE">
          {host.dane.kind}: <OutsideText text={host.dane.because} />
          {host.dane.records.map((record) => (
            <code key={record} className="mt-1 block font-mono text-xs break-all">
              <OutsideText text={record} />
            </code>
          ))}
        </Fact>
        {host.namedByMtaSts !== null && (
          <Fact name="MTA-STS">{host.namedByMtaSts ? 'the policy names it' : 'the policy does not name it'}</Fact>
        )}
        <Fact name="Addresses">
          <OutsideText text={host.addresses.join(', ')} empty="none that may be reached" />
        </Fact>
        {host.proved && <Proved proved={host.proved} />}
      </Facts>
    </Panel>
  );
}

function Proved({ proved }: { readonly proved: NonNullable<Host['proved']> }) {
  return (
    <>
      <Fact name={`Showed, at ${proved.address}`}>
        <OutsideText text={proved.because} />
        {proved.resultType && <span className="text-ink-soft"> ({proved.resultType})</span>}
      </Fact>
      {proved.tls && (
        <Fact name="Channel">
          {proved.tls.protocol}, {proved.tls.cipher}
        </Fact>
      )}
      {proved.certificate && (
        <Fact name="Certificate" wide>
          <OutsideText text={proved.certificate.subject} empty="no subject" />, issued by{' '}
          <OutsideText text={proved.certificate.issuer} />, for{' '}
          <OutsideText text={proved.certificate.names.join(', ')} empty="no name" />; good from{' '}
          <Instant at={proved.certificate.validFrom} form="full" /> to{' '}
          <Instant at={proved.certificate.validTo} form="full" />
          <code className="mt-1 block font-mono text-xs break-all text-ink-soft">
            SHA-256 {proved.certificate.fingerprintSha256}
          </code>
          {proved.certificate.publicKeySha256 && (
            <code className="block font-mono text-xs break-all text-ink-soft">
              3 1 1 {proved.certificate.publicKeySha256}
            </code>
          )}
        </Fact>
      )}
    </>
  );
}
