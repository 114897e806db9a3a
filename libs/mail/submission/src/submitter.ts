import type { Credential, ListedNetwork, SenderRule, SubmitterSettings } from '@postern/credentials';

/** For whom a transaction is: a credential that was proved by AUTH, or a listed network on the relay listener. */
export type Submitter =
  | { readonly kind: 'credential'; readonly name: string; readonly credential: Credential }
  | { readonly kind: 'network'; readonly name: string; readonly network: ListedNetwork };

/** As whom it may send. */
export function senderRules(submitter: Submitter): readonly SenderRule[] {
  return settingsOf(submitter).senderRules;
}

/** What credentials and listed networks have in common. */
export function settingsOf(submitter: Submitter): SubmitterSettings {
  return submitter.kind === 'credential' ? submitter.credential : submitter.network;
}
