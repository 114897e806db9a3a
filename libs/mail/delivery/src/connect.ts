import type { DialRefusal, MailHostConnection } from '@postern/smtp-client';
import { describeDemand } from '@postern/tls-policy';
import { type Candidate, findCandidates } from './candidates.ts';
import { channelAt, type HopChannel, type HostChannel, hostChannel } from './channel.ts';
import type { Source } from '@postern/pace';
import type { DeliveryContext } from './context.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';
import { recordChannel, type Shown } from './record-channel.ts';
import { sessionResult, tellSession } from './session-result.ts';
import { recordReply, recordTls } from './recorded.ts';
import type { RecordedChannel } from '@postern/queue';

export type Connected =
  | {
      readonly kind: 'connected';
      readonly connection: MailHostConnection;
      readonly policy: string;
      /** For which mail it was opened, and what its host had to prove. */
      readonly channel: HopChannel;
      readonly host: HostChannel;
      readonly recorded: RecordedChannel | undefined;
    }
  | { readonly kind: 'failed'; readonly failure: NoSession };

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
  const hosts = new Map<string, HostChannel>();
  for (const candidate of candidates) {
    const { host, address } = candidate;
    if (options.signal.aborted || context.clock.monotonicMs() > until) {
      failure = moreHopeful(failure, OUT_OF_TIME);
      break;
    }
    const broken = options.broken.get(address);
    if (broken) {
      failure = moreHopeful(failure, broken);
      continue;
    }
    const from = hop.source && sourceAddress(hop.source, address);
    if (hop.source && from === undefined) {
      failure = moreHopeful(failure, noSourceAddress(hop.source, candidate));
      continue;
    }
    const about = channelAt(hop.channel, host);
    const channel = hosts.get(host) ?? (await hostChannel(host, candidate.addresses, about, context.resolver));
    const seen = hosts.has(host);
    hosts.set(host, channel);
    const { demanded } = channel;
    const tell = (shown: Shown | undefined) => {
      if (!context.results || about.wish === 'tls-optional') return;
      const result = sessionResult(about, channel, { host, address, shown });
      if (result) context.results.add(result);
    };
    if (demanded.kind === 'refused') {
      if (!seen) tell(undefined);
      if (!seen)
        failure = moreHopeful(failure, {
          ...whyNotUsed(host, demanded, about, context),
          channel: recordChannel(about, channel, undefined),
        });
      continue;
    }
    const { demand } = demanded;
    const end = await context.dialer.dial({
      host,
      address,
      port: hop.upstreams?.get(host)?.port ?? hop.port,
      implicitTls: hop.upstreams?.get(host)?.implicitTls ?? hop.implicitTls,
      demand,
      ...(hop.auth ? { auth: hop.auth } : {}),
      ...(hop.clientCertificate === undefined ? {} : { clientCertificate: hop.clientCertificate }),
      ...(hop.source && from !== undefined ? { localAddress: from, localName: hop.source.ehloName } : {}),
      signal: options.signal,
    });
    const policy = describeDemand(demand);
    if (end.kind === 'refused') {
      if (end.refusal.fault.kind === 'tls') policyNotMet(demanded, about, context);
      tell(shownBy(end.refusal));
      const recorded = recordChannel(about, channel, shownBy(end.refusal));
      const refused = whyRefused(candidate, end.refusal, policy);
      hop.note?.(host, { ok: false, text: refused.reply.text });
      failure = moreHopeful(failure, { ...refused, channel: recorded });
      continue;
    }
    tellSession({ channel: about, host: channel, connection: end.connection }, context.results);
    hop.note?.(host, { ok: true, text: end.connection.facts.banner });
    const lacking = lacksRequireTls(hop, end.connection);
    const recorded = recordChannel(about, channel, end.connection.facts);
    if (lacking === undefined) return { ...end, policy, channel: about, host: channel, recorded };
    void end.connection.close();
    failure = moreHopeful(failure, { ...lacking, host, address, policy, channel: recorded });
  }
  return { kind: 'failed', failure: failure ?? OUT_OF_TIME };
}

/**
 * One host that may take it later is reason enough to come back; of two such words the last one tells more, but that a
 * policy was not met tells most.
 */
function moreHopeful(before: NoSession | undefined, next: NoSession): NoSession {
  if (before?.reply.enhanced === '4.7.5' && next.reply.enhanced !== '4.7.5') return before;
  return before === undefined || before.reply.code >= 500 || next.reply.code < 500 ? next : before;
}

const OUT_OF_TIME: NoSession = {
  stage: 'connect',
  reply: localReply(451, '4.4.1', 'No mail host could be tried in time'),
  stepsMs: {},
};

/** A host that broke off before TLS was come to has shown nothing. */
function shownBy(refusal: DialRefusal): Shown | undefined {
  return refusal.tls || refusal.tlsFailure ? refusal : undefined;
}

/** A policy that is not met makes mail wait, and look again (RFC 8461 §5.1); it never bounces mail before its time. */
function whyNotUsed(
  host: string,
  refused: Extract<HostChannel['demanded'], { kind: 'refused' }>,
  about: HopChannel,
  context: DeliveryContext,
): NoSession {
  policyNotMet(refused, about, context);
  const { because, resultType } = refused.failure;
  return {
    stage: 'resolve',
    host,
    reply: localReply(451, '4.7.5', because.slice(0, 1_000)),
    tls: {
      protocol: 'none',
      cipher: 'none',
      verified: false,
      certificate: undefined,
      failure: `${resultType}: ${because}`,
    },
    policy: `${refused.applied}: ${because}`.slice(0, 500),
    stepsMs: {},
  };
}

function policyNotMet(
  { applied }: HostChannel['demanded'],
  { domain }: HopChannel,
  { policies }: DeliveryContext,
): void {
  if (applied === 'mta-sts') policies.notMet(domain);
}

/** RFC 8689 §4.2.1: a host that does not promise to go on as demanded does not get the message. */
function lacksRequireTls({ channel }: NextHop, { facts }: MailHostConnection): NoSession | undefined {
  if (channel.wish !== 'requiretls' || facts.extensions.requireTls) return undefined;
  const text = `The sender demands REQUIRETLS, which ${facts.host} does not offer`;
  return { stage: 'mail', reply: localReply(550, '5.7.30', text), stepsMs: facts.stepsMs };
}

function whyRefused({ host, address }: Candidate, refusal: DialRefusal, policy: string): NoSession {
  const { fault } = refusal;
  const reply = refusal.reply ?? fault.reply;
  const tls = recordTls(refusal.tls, refusal.tlsFailure);
  // What a host says at its door is its own word, and is believed when it never takes mail from us (RFC 5321 §3.1); one that
  // does not like our password or our TLS is a matter to mend, not a verdict on the recipient.
  const atTheDoor = reply !== undefined && reply.code >= 400 && (fault.stage === 'greeting' || fault.stage === 'ehlo');
  const about =
    fault.kind === 'tls' && policy !== 'opportunistic' ? `${host} does not meet the policy ${policy}: ` : '';
  const text = reply
    ? `${about}${fault.reason} (the host said: ${reply.code} ${reply.enhanced ?? ''} ${reply.lines.join(' ')})`
    : `${about}${fault.reason}`;
  return {
    stage: fault.stage,
    host,
    address,
    reply: atTheDoor ? recordReply(reply) : localReply(451, fault.enhanced, text.slice(0, 1_000)),
    ...(reply && !atTheDoor ? { heard: recordReply(reply) } : {}),
    ...(tls ? { tls } : {}),
    policy,
    stepsMs: refusal.stepsMs,
  };
}

/** The address of a source that leads to another address: one of its family. */
function sourceAddress({ addresses }: Source, to: string): string | undefined {
  return addresses.find((each) => each.includes(':') === to.includes(':'));
}

function noSourceAddress({ name }: Source, { host, address }: Candidate): NoSession {
  const text = `The source ${name} has no address from which ${address} can be reached`;
  return { stage: 'internal', host, address, reply: localReply(451, '4.3.5', text), stepsMs: {} };
}
