import { mayUse } from '@postern/credentials';
import { reply } from '@postern/smtp';
import {
  ACCEPTED,
  type Authentication,
  type Client,
  type ContentVerdict,
  type MailVerdict,
  refused,
  type SubmissionPolicy,
  type Transaction,
  type Verdict,
} from '@postern/smtp-server';
import type { Credentials } from '@postern/sasl';
import { whyUnusable } from './authenticate.ts';
import { SubmissionSink } from './content-sink.ts';
import type { SubmissionContext } from './context.ts';
import { identify, type IdentifyWith } from './identify.ts';
import { senderRules, type Submitter } from './submitter.ts';
import type { TokenVerifier } from './token-verifier.ts';
import { verifiersOf } from './verifiers.ts';

/** Who may submit, as whom, and where the content goes. */
export function submissionPolicy(
  context: SubmissionContext & { readonly hashKey: Buffer; readonly tokens?: TokenVerifier | undefined },
): SubmissionPolicy<Submitter> {
  return {
    connected: () => ACCEPTED,
    authenticate: (credentials, client) => known(credentials, client),
    verifiers: (name) => verifiersOf(name, keptBy()),
    mail,
    rcpt: (): Verdict => ACCEPTED,
    content,
    closed: () => undefined,
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

  async function known(credentials: Credentials, client: Client): Promise<Authentication<Submitter>> {
    const identified = await identify(credentials, client, { ...keptBy(), tokens: context.tokens });
    if (identified.kind === 'refused') {
      context.log.warn({ client: client.address, because: identified.because }, 'authentication refused');
      return refused(identified.reply);
    }
    const { credential, secretId } = identified;
    const { address, tls } = client;
    context.clients.used({ submitterId: credential.id, secretId, clientAddress: address, tls: tls?.protocol });
    return { kind: 'accepted', as: { kind: 'credential', name: credential.name, credential } };
  }

  async function mail({ client, principal, reversePath }: Transaction<Submitter>): Promise<MailVerdict<Submitter>> {
    const submitter = principal ? await stillKnown(principal, client) : await listed(client);
    if (typeof submitter === 'string') return refused(reply(550, '5.7.1', submitter));
    if (mayUse(senderRules(submitter), reversePath.mailbox)) return { kind: 'accepted', as: submitter };
    return refused(reply(550, '5.7.1', `${submitter.name} may not send as <${reversePath.text}>`));
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
      return { kind: 'network', name: network.cidr, network };
    }
    return `Relaying denied: ${client.address} is in no listed network`;
  }

  function content(transaction: Transaction<Submitter>): ContentVerdict {
    if (!transaction.principal) return refused(reply(550, '5.7.1', 'Relaying denied'));
    return { kind: 'accepted', sink: new SubmissionSink(transaction, transaction.principal, context) };
  }
}
