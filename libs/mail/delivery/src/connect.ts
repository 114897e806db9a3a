import type { DialRefusal, MailHostConnection } from '@postern/smtp-client';
import { hostAddresses } from '@postern/dns';
import { addressLiteralOf, isPermanent, parseAddressLiteral } from '@postern/smtp';
import { describeDemand } from '@postern/tls-policy';
import type { DeliveryContext } from './context.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';
import { recordReply, recordTls } from './recorded.ts';

export type Connected =
  | { readonly kind: 'connected'; readonly connection: MailHostConnection; readonly policy: string }
  | { readonly kind: 'failed'; readonly failure: NoSession };

/** One address of a next hop. */
export interface Candidate {
  readonly host: string;
  readonly address: string;
}

/**
 * Opens a session with the next hop: host by host in their order, each host's addresses in turn (RFC 5321 §5.1).
 *
 * `broken` are the addresses that broke under this mail already, and how: they are not tried again, and while one of them or
 * an address that was not come to might still take the mail, no refusal by the others is final. Never throws.
 */
export async function connectNextHop(
  hop: NextHop,
  context: DeliveryContext,
  options: { readonly broken: ReadonlyMap<string, NoSession>; readonly signal: AbortSignal },
): Promise<Connected> {
  const until = context.clock.monotonicMs() + context.settings.connectBudgetMs;
  const { candidates, failure: unfound } = await findCandidates(hop, context);
  let failure: NoSession | undefined = unfound;
  for (const candidate of candidates) {
    if (options.signal.aborted || context.clock.monotonicMs() > until) {
      failure = moreHopeful(failure, OUT_OF_TIME);
      break;
    }
    const broken = options.broken.get(candidate.address);
    if (broken) {
      failure = moreHopeful(failure, broken);
      continue;
    }
    const demand = hop.demand(candidate.host);
    const end = await context.dialer.dial({
      host: candidate.host,
      address: candidate.address,
      port: hop.port,
      implicitTls: hop.implicitTls,
      demand,
      ...(hop.auth ? { auth: hop.auth } : {}),
      signal: options.signal,
    });
    if (end.kind === 'connected') return { ...end, policy: describeDemand(demand) };
    failure = moreHopeful(failure, whyRefused(candidate, end.refusal, describeDemand(demand)));
  }
  return { kind: 'failed', failure: failure ?? OUT_OF_TIME };
}

/** One host that may take it later is reason enough to come back; of two such words the last one tells more. */
function moreHopeful(before: NoSession | undefined, next: NoSession): NoSession {
  return before === undefined || before.reply.code >= 500 || next.reply.code < 500 ? next : before;
}

const OUT_OF_TIME: NoSession = {
  stage: 'connect',
  reply: localReply(451, '4.4.1', 'No mail host could be tried in time'),
  stepsMs: {},
};

/**
 * The addresses to try; `failure` says what is wrong with those that are missing, and the more hopeful word wins. A
 * smarthost without one is for the operator to mend, not a verdict on the recipients.
 */
async function findCandidates(
  hop: NextHop,
  context: DeliveryContext,
): Promise<{ candidates: readonly Candidate[]; failure: NoSession | undefined }> {
  const candidates: Candidate[] = [];
  let failure: NoSession | undefined;
  const missing = (host: string, reply: NoSession['reply']) => {
    if (failure === undefined || failure.reply.code >= 500) failure = { stage: 'resolve', host, reply, stepsMs: {} };
  };
  for (const host of hop.hosts) {
    if (candidates.length >= context.settings.maxAddresses) break;
    const answer = await hostAddresses(addressLiteralOf(host) ?? host, context.resolver, context.random);
    switch (answer.kind) {
      case 'failed':
        missing(host, localReply(451, '4.4.3', `The addresses of ${host} could not be looked up (${answer.reason})`));
        continue;
      case 'nxdomain':
      case 'nodata':
        missing(
          host,
          hop.addresses === 'any'
            ? localReply(451, '4.4.4', `The smarthost ${host} has no address`)
            : localReply(550, '5.4.4', `The mail host ${host} has no address`),
        );
        continue;
      case 'found':
    }
    for (const { address } of answer.records) {
      const refused = hop.addresses === 'public' ? context.refuseAddress(address) : undefined;
      if (refused === undefined) candidates.push({ host: parseAddressLiteral(host) ? address : host, address });
      else
        missing(
          host,
          localReply(
            550,
            '5.4.4',
            `The mail host ${host} has the address ${address}, which is ${refused}: mail is not delivered there`,
          ),
        );
    }
  }
  return { candidates: candidates.slice(0, context.settings.maxAddresses), failure };
}

function whyRefused({ host, address }: Candidate, refusal: DialRefusal, policy: string): NoSession {
  const { fault } = refusal;
  const reply = refusal.reply ?? fault.reply;
  const tls = recordTls(refusal.tls, refusal.tlsFailure);
  // A host that says at its door that it never takes mail from us is believed (RFC 5321 §3.1); one that does not like our
  // password or our TLS is a matter to mend, not a verdict on the recipient.
  const final = reply !== undefined && isPermanent(reply) && (fault.stage === 'greeting' || fault.stage === 'ehlo');
  const text = reply
    ? `${fault.reason} (the host said: ${reply.code} ${reply.enhanced ?? ''} ${reply.lines.join(' ')})`
    : fault.reason;
  return {
    stage: fault.stage,
    host,
    address,
    reply: final && reply ? recordReply(reply) : localReply(451, fault.enhanced, text.slice(0, 1_000)),
    ...(tls ? { tls } : {}),
    policy,
    stepsMs: refusal.stepsMs,
  };
}
