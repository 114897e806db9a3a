import { isAscii } from 'node:buffer';
import type { MessageRequests } from '@postern/queue';
import type { Transaction } from '@postern/smtp-server';

const NOTHING: MessageRequests = Object.freeze({});

/**
 * What the parameters of MAIL ask for, in instants; nothing for nearly every message. REQUIRETLS goes before what the
 * header section says about TLS (RFC 8689 §5).
 */
export function requestsOf(
  { parameters }: Pick<Transaction, 'parameters'>,
  { acceptedAt, tlsOptional }: { readonly acceptedAt: Date; readonly tlsOptional: boolean },
): MessageRequests {
  const { ret, envid, priority, deliverBy, releaseAt } = parameters;
  const requireTls = parameters.requireTls ?? (tlsOptional ? false : undefined);
  if ([ret, envid, requireTls, priority, deliverBy, releaseAt].every((each) => each === undefined)) return NOTHING;
  return {
    ret,
    envid,
    requireTls,
    priority: priority === 0 ? undefined : priority,
    // RFC 2852 §4: the time begins when the message is ours.
    deliverBy: deliverBy && {
      at: new Date(acceptedAt.getTime() + deliverBy.seconds * 1_000),
      mode: deliverBy.mode,
      trace: deliverBy.trace,
    },
    releaseAt: releaseAt && releaseAt > acceptedAt ? releaseAt : undefined,
  };
}

/**
 * Whether a message goes only to hosts with SMTPUTF8, whoever its recipients are: it came with that parameter, and its
 * reverse-path or header section uses it (RFC 6531 §3.4; domains are A-labels by now). Forward-paths are judged one by
 * one where they are sent.
 */
export function needsSmtpUtf8({ parameters, reversePath }: Transaction, header: Buffer): boolean {
  return parameters.smtpUtf8 && (!isAscii(header) || !isAscii(Buffer.from(reversePath.text)));
}
