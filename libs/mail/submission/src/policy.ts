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
import { authenticate, whyUnusable } from './authenticate.ts';
import { SubmissionSink } from './content-sink.ts';
import type { SubmissionContext } from './context.ts';
import { senderRules, type Submitter } from './submitter.ts';

/** Who may submit, as whom, and where the content goes. */
export function submissionPolicy(
  context: SubmissionContext & { readonly hashKey: Buffer },
): SubmissionPolicy<Submitter> {
  return {
    connected: () => ACCEPTED,
    authenticate: (credentials, client) => known(credentials, client),
    mail,
    rcpt: (): Verdict => ACCEPTED,
    content,
    closed: () => undefined,
  };

  async function known({ name, secret }: Credentials, client: Client): Promise<Authentication<Submitter>> {
    const identified = await authenticate(
      { name, secret, address: client.address },
      { find: (each) => context.clients.credential(each), hashKey: context.hashKey, now: context.clock.now() },
    );
    if (identified.kind === 'refused') {
      context.log.warn({ client: client.address, because: identified.because }, 'authentication refused');
      return refused(identified.reply);
    }
    const { credential } = identified;
    context.clients.used(credential.id, client.address);
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
    if (network) return { kind: 'network', name: network.cidr, network };
    return `Relaying denied: ${client.address} is in no listed network`;
  }

  function content(transaction: Transaction<Submitter>): ContentVerdict {
    if (!transaction.principal) return refused(reply(550, '5.7.1', 'Relaying denied'));
    return { kind: 'accepted', sink: new SubmissionSink(transaction, transaction.principal, context) };
  }
}
