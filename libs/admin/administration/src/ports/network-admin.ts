import type { Network } from '@postern/admin-contract';
import type { ListedNetwork, SenderRule } from '@postern/credentials';
import type { OrderedSlice } from './admin-store.ts';
import type { SubmitterChange } from './submitter-admin.ts';

/** Listed networks, read. */
export interface NetworkReads {
  /** Networks by address, or by id, which is the order in which they were listed. */
  listNetworks(query: NetworkQuery): Promise<readonly Network[]>;

  findNetwork(reference: NetworkReference): Promise<Network | undefined>;
}

/** `after` is the CIDR or the id of the last one seen. */
export interface NetworkQuery extends OrderedSlice<string> {
  readonly sort: 'cidr' | 'created';
  /** Networks whose CIDR, owner, tag or one of whose sender rules contains this, without regard to case. */
  readonly contains: string | undefined;
  /** These, and the networks that this one lies in. */
  readonly within: string | undefined;
}

export type NetworkReference = { readonly id: string } | { readonly cidr: string };

/** Listed networks, changed. Every change is told to the listeners when it is committed. */
export interface NetworkChanges {
  /** Lists a network. Undefined: it is listed already. */
  addNetwork(
    network: Omit<NetworkChange, 'rewriteFrom'> & Pick<ListedNetwork, 'cidr' | 'senderRules' | 'rewriteFrom'>,
  ): Promise<Network | undefined>;

  /** Changes settings; what is left out stays. Undefined: it is not listed. */
  updateNetwork(id: string, change: NetworkChange): Promise<Network | undefined>;

  /** False: it is not listed. */
  removeNetwork(id: string): Promise<boolean>;
}

export interface NetworkChange extends SubmitterChange {
  readonly senderRules?: readonly SenderRule[];
  readonly rewriteFrom?: ListedNetwork['rewriteFrom'] | null;
}
