'use client';

import Link from 'next/link';
import type { DomainCheck, MessageSummary } from '@postern/admin-contract';
import { Instant, OutsideText, StateCounts } from '@postern/console-ui';
import { CheckList } from '../domain/check-list.tsx';
import { isDelivered } from './steps.ts';

/** What became of the latest mail of the domain, and what receivers make of it. */
export function DeliveredStep(props: {
  readonly message: MessageSummary | undefined;
  readonly check: DomainCheck | undefined;
}) {
  const { message, check } = props;
  if (!message)
    return (
      <p role="status" className="text-ink-soft">
        Nothing was sent as this domain yet. What you send appears here at once.
      </p>
    );
  return (
    <>
      <div role="status" className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Link
          href={`/messages/${message.id}`}
          prefetch={false}
          className="font-medium text-accent-strong [overflow-wrap:anywhere] hover:underline"
        >
          <OutsideText text={message.subject || 'A mail without a subject'} />
        </Link>
        <span className="text-ink-soft [overflow-wrap:anywhere]">
          to <OutsideText text={message.firstForwardPath} />
        </span>
        <span className="text-xs text-ink-soft">
          <Instant at={message.acceptedAt} />
        </span>
        <StateCounts counts={message.recipients.states} none="no recipient" />
      </div>
      {check && (
        <div className="mt-3 rounded-lg border border-line">
          <CheckList lines={check.lines} />
        </div>
      )}
      <p className="mt-3">{saying(message, check)}</p>
    </>
  );
}

function saying(message: MessageSummary, check: DomainCheck | undefined): string {
  if (!isDelivered(message))
    return (message.recipients.states.deferred ?? 0) > 0
      ? 'It is tried again by itself. Open the message to read what the remote host said; when nothing answers on port 25, see Readiness.'
      : 'It is on its way.';
  if (check?.status === 'pass') return 'Delivered, signed, and aligned with its author: this is how mail should leave.';
  return 'Delivered; but receivers that look closely do not believe yet that it is yours.';
}
