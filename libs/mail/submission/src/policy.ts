import { mayUse, networkOf } from '@postern/credentials';
import { replies, reply, type Reply } from '@postern/smtp';
import {
  ACCEPTED,
  type Authentication,
  type Client,
  type ContentVerdict,
  type MailVerdict,
  refused,
  type SessionHandle,
  type SubmissionPolicy,
  type Transaction,
  type Verdict,
} from '@postern/smtp-server';
import type { Credentials } from '@postern/sasl';
import { whyUnusable } from './authenticate.ts';
import { SubmissionSink } from './content-sink.ts';
import type { SubmissionContext } from './context.ts';
import type { Try } from './guesses/guess-guard.ts';
import { identify, type IdentifyWith } from './identify.ts';
import { limitReached, recipientLimitReached, tooManyRecipientsFor, tooManySessions } from './limits/limit-replies.ts';
import type { Standing } from './limits/rate-limiter.ts';
import { rewrittenFrom, senderRules, settingsOf, type Submitter } from './submitter.ts';
import { SlowRefusals } from './limits/slow-refusals.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { verifiersOf } from './verifiers.ts';

/** Who may submit, as whom, and where the content goes. */
export function submissionPolicy(
  context: SubmissionContext & { readonly hashKey: Buffer; readonly tokens?: TokenVerifier | undefined },
): SubmissionPolicy<Submitter> {
  /** What was left to the submitter of a session when its transaction began. */
  const standings = new WeakMap<SessionHandle, Standing>();
  const slowly = new SlowRefusals();
  return {
    connected,
    authenticate: (credentials, client) => known(credentials, client),
    verifiers: (name) => verifiersOf(name, keptBy()),
    mail,
    rcpt,
    content,
    closed: (client) => context.sessions.closed(client),
  };

  function keptBy(): Omit<IdentifyWith, 'tokens'> {
    const { clients, hashKey, clock } = context;
    return {
      find: (name) => clients.credential(name),
      findByIdentity: (identity) => clients.identified(identity),
      hashKey,
      now: clock.now(),
    };
  }

  /** What a listener for devices forgives is for listed networks, with AUTH as without. */
  async function connected(client: Client): Promise<Verdict> {
    if (client.profile !== 'devices' || (await context.clients.network(client.address))) return ACCEPTED;
    return refused(reply(554, '5.7.1', `${client.address} is in no listed network`));
  }

  async function known(credentials: Credentials, client: Client): Promise<Authentication<Submitter>> {
    const tried: Try = { session: client.session, address: client.address, name: credentials.name };
    if (context.guesses.isCrowded(tried) && !(await isUsual(tried))) return refused(replies.tooManyAuthFailures);
    const identified = await identify(credentials, client, { ...keptBy(), tokens: context.tokens });
    if (identified.kind === 'refused') {
      context.log.warn({ client: client.address, because: identified.because }, 'authentication refused');
      // A store that is away is nobody's guess.
      return refused(identified.reply.code < 500 ? identified.reply : await penalized(tried, identified.reply));
    }
    const { credential, secretId } = identified;
    const submitter: Submitter = { kind: 'credential', name: credential.name, credential };
    const full = await enter(client, submitter);
    if (full) return refused(full);
    const { address, tls } = client;
    context.clients.used({ submitterId: credential.id, secretId, clientAddress: address, tls: tls?.protocol });
    return { kind: 'accepted', as: submitter };
  }

  /** The reply to a failed try, when it is due. */
  async function penalized(tried: Try, otherwise: Reply): Promise<Reply> {
    const penalty = context.guesses.failed(tried);
    await context.guesses.serve(tried, penalty);
    return penalty.hangUp ? replies.tooManyAuthFailures : otherwise;
  }

  /** Whether a credential was used from that network before. A name that does not exist is asked about in the same way. */
  async function isUsual({ name, address }: Try): Promise<boolean> {
    const credential = name === undefined ? undefined : await context.clients.credential(name).catch(() => undefined);
    return credential?.guard.usualNetworks.includes(networkOf(address)) ?? false;
  }

  async function mail(transaction: Transaction<Submitter>): Promise<MailVerdict<Submitter>> {
    const { client, principal, reversePath } = transaction;
    const submitter = principal ? await stillKnown(principal, client) : await listed(client);
    if (typeof submitter === 'string') return refused(reply(550, '5.7.1', submitter));
    const sender = reversePath.mailbox && (rewrittenFrom(submitter) ?? reversePath.mailbox);
    if (!mayUse(senderRules(submitter), sender))
      return refused(reply(550, '5.7.1', `${submitter.name} may not send as <${reversePath.text}>`));
    const over = (await enter(client, submitter)) ?? (await overLimit(transaction, submitter));
    return over ? refused(over) : { kind: 'accepted', as: submitter };
  }

  /** Counts the session for its submitter; a reply when no more may be open. */
  async function enter(client: Client, submitter: Submitter): Promise<Reply | undefined> {
    if (await context.sessions.enter(client, submitter)) return undefined;
    return tooManySessions(submitter.name, settingsOf(submitter).limits.maxSessions ?? 0);
  }

  /** Why a limit lets no message begin; what is left is remembered for its recipients. */
  async function overLimit(transaction: Transaction<Submitter>, submitter: Submitter): Promise<Reply | undefined> {
    const { limits } = settingsOf(submitter);
    const { sizeOctets } = transaction.parameters;
    if (limits.maxMessageOctets !== undefined && (sizeOctets ?? 0) > limits.maxMessageOctets)
      return replies.tooBig(limits.maxMessageOctets);
    const standing = await context.rates.standing(settingsOf(submitter));
    standings.delete(transaction.client.session);
    if (standing === undefined) return undefined;
    if (standing.messagesLeft === 0 || standing.recipientsLeft === 0) {
      await slowly.refused(transaction.client.session);
      return limitReached(submitter.name, standing, context.clock.now());
    }
    standings.set(transaction.client.session, standing);
    return undefined;
  }

  function rcpt({ client, principal, recipients }: Transaction<Submitter>): Verdict {
    if (!principal) return ACCEPTED;
    const { maxRecipients } = settingsOf(principal).limits;
    if (maxRecipients !== undefined && recipients.length >= maxRecipients)
      return refused(tooManyRecipientsFor(principal.name, maxRecipients));
    const standing = standings.get(client.session);
    return standing && recipients.length >= standing.recipientsLeft
      ? refused(recipientLimitReached(principal.name, standing, context.clock.now()))
      : ACCEPTED;
  }

  /** A credential is looked at again for every message: it may have changed since AUTH. */
  async function stillKnown(submitter: Submitter, client: Client): Promise<Submitter | string> {
    if (submitter.kind === 'network') return listed(client);
    const credential = await context.clients.credential(submitter.credential.name);
    if (credential?.id !== submitter.credential.id) return 'The credential is gone';
    const unusable = whyUnusable(credential, client.address, context.clock.now());
    return unusable === undefined
      ? { kind: 'credential', name: credential.name, credential }
      : `The ${unusable.replace('credential is', 'credential is now')}`;
  }

  async function listed(client: Client): Promise<Submitter | string> {
    const network = client.listener === 'relay' ? await context.clients.network(client.address) : undefined;
    if (network) {
      const use = { submitterId: network.id, secretId: undefined, clientAddress: client.address };
      context.clients.used({ ...use, tls: client.tls?.protocol });
      const rewriteFrom = client.profile === 'devices' ? network.rewriteFrom : undefined;
      return { kind: 'network', name: network.cidr, network, rewriteFrom };
    }
    return `Relaying denied: ${client.address} is in no listed network`;
  }

  async function content(transaction: Transaction<Submitter>): Promise<ContentVerdict> {
    const { client, principal, recipients } = transaction;
    if (!principal) return refused(reply(550, '5.7.1', 'Relaying denied'));
    const reservation = await context.rates.reserve(settingsOf(principal), recipients.length);
    if (reservation.kind === 'refused') {
      await slowly.refused(client.session);
      return refused(limitReached(principal.name, reservation.standing, context.clock.now()));
    }
    slowly.granted(client.session);
    return {
      kind: 'accepted',
      sink: new SubmissionSink(asSent(transaction, principal), { submitter: principal, ...reservation }, context),
    };
  }
}

/** The reverse-path of a device is as little its own as its From; the null one stays (RFC 5321 §4.5.5). */
function asSent(transaction: Transaction<Submitter>, submitter: Submitter): Transaction<Submitter> {
  const mailbox = transaction.reversePath.mailbox && rewrittenFrom(submitter);
  return mailbox ? { ...transaction, reversePath: { mailbox, text: mailbox.text } } : transaction;
}
