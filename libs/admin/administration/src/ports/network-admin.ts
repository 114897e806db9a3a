import type { Network } from '@postern/admin-contract';
import type { ListedNetwork } from '@postern/credentials';
import type { Slice } from './admin-store.ts';

/** Listed networks, read. */
export interface NetworkReads {
  /** Networks by id, which is the order in which they were listed. */
  listNetworks(slice: Slice<string>): Promise<readonly Network[]>;

  findNetwork(reference: NetworkReference): Promise<Network | undefined>;
}

export type NetworkReference = { readonly id: string } | { readonly cidr: string };

/** Listed networks, changed. */
export interface NetworkChanges {
  /** Lists a network. Undefined: it is listed already. */
  addNetwork(network: Omit<ListedNetwork, 'id'>): Promise<Network | undefined>;

  /** False: it is not listed. */
  removeNetwork(id: string): Promise<boolean>;
}
