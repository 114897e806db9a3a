import type { Credential, ListedNetwork, SenderRule, SubmitterSettings } from '@postern/credentials';
import type { Mailbox } from '@postern/smtp';

/** For whom a transaction is: a credential that was proved by AUTH, or a listed network on the relay listener. */
export type Submitter =
  | { readonly kind: 'credential'; readonly name: string; readonly credential: Credential }
  | {
      readonly kind: 'network';
      readonly name: string;
      readonly network: ListedNetwork;
      /** As whom its devices send, whatever they say. */
      readonly rewriteFrom?: Mailbox | undefined;
    };

/** As whom it may send. */
export function senderRules(submitter: Submitter): readonly SenderRule[] {
  return settingsOf(submitter).senderRules;
}

/** What credentials and listed networks have in common. */
export function settingsOf(submitter: Submitter): SubmitterSettings {
  return submitter.kind === 'credential' ? submitter.credential : submitter.network;
}

/** As whom a submitter sends, whatever it says; undefined when it is as whom it says. */
export function rewrittenFrom(submitter: Submitter): Mailbox | undefined {
  return submitter.kind === 'network' ? submitter.rewriteFrom : undefined;
}
