import Link from 'next/link';
import type { MessageDetail } from '@postern/admin-contract';
import { Fact, Facts, formatCount, formatOctets, OutsideText, Panel } from '@postern/console-ui';
import { Submitter } from './columns.tsx';
import { ReversePath } from './reverse-path.tsx';

const LISTENERS = {
  submission: 'submission (STARTTLS)',
  submissions: 'submissions (implicit TLS)',
  relay: 'relay (listed networks)',
  internal: 'Postern itself',
} as const;

/** Where a message came from and what it is. */
export function MessageFacts({ message }: { readonly message: MessageDetail }) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Panel title="Message">
        <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
          <Fact name="Reverse-path">
            <ReversePath path={message.reversePath} />
          </Fact>
          <Fact name="From field">
            <OutsideText text={message.headerFrom} empty="none" />
          </Fact>
          <Fact name="Message-ID field">
            <span className="font-mono text-xs break-all">
              <OutsideText text={message.messageIdField} empty="none" />
            </span>
          </Fact>
          <Fact name="Size">
            <span title={`${formatCount(message.sizeOctets)} octets`}>{formatOctets(message.sizeOctets)}</span>
            <span className="text-ink-soft">
              {' '}
              · {message.body}
              {message.smtpUtf8 && ' · SMTPUTF8'}
            </span>
          </Fact>
          <Fact name="Content">{message.contentKept ? 'stored' : 'removed: every recipient has ended'}</Fact>
        </Facts>
      </Panel>
      <Panel title="Submission">
        <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
          <Fact name="Submitted by">
            {message.credential ? (
              <Link href={`/credentials/${message.credential.id}`} prefetch={false} className="hover:underline">
                <Submitter message={message} />
              </Link>
            ) : (
              <Submitter message={message} />
            )}
            {message.network?.cidr === 'removed' && <span className="text-ink-soft"> removed</span>}
            {message.network && message.network.cidr !== 'removed' && (
              <>
                {' '}
                <Link
                  href={`/networks/${message.network.id}`}
                  prefetch={false}
                  className="text-ink-soft hover:underline"
                >
                  {message.network.cidr}
                </Link>
              </>
            )}
          </Fact>
          <Fact name="Listener">{LISTENERS[message.listener]}</Fact>
          <Fact name="Client">
            <span className="tabular-nums">{message.clientAddress}</span>
            <span className="text-ink-soft">
              {' '}
              as <OutsideText text={message.clientName} empty="nobody" />
            </span>
          </Fact>
          <Fact name="Encryption">
            {message.tls ? (
              <>
                {message.tls.protocol} <span className="text-ink-soft">{message.tls.cipher}</span>
              </>
            ) : (
              'none: submitted in clear'
            )}
          </Fact>
        </Facts>
      </Panel>
    </div>
  );
}
