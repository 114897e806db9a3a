import type { PoolRule, Source } from '@postern/admin-contract';
import type { Slice } from './admin-store.ts';

/** Sources and the rules about their pools, read. */
export interface SourceReads {
  listSources(slice: Slice<string>): Promise<readonly Source[]>;
  findSource(reference: { readonly id: string } | { readonly name: string }): Promise<Source | undefined>;
  listPoolRules(slice: Slice<string>): Promise<readonly PoolRule[]>;
}

export type NewSource = Pick<Source, 'name' | 'pool' | 'addresses' | 'ehloName' | 'weight' | 'warmUp'>;
export type NewPoolRule = Pick<PoolRule, 'pool' | 'credentialId' | 'senderRule' | 'route'>;

/** Sources and the rules about their pools, changed. */
export interface SourceChanges {
  /** Undefined: there is one of this name. */
  addSource(source: NewSource): Promise<Source | undefined>;
  removeSource(id: string): Promise<boolean>;
  addPoolRule(rule: NewPoolRule): Promise<PoolRule>;
  removePoolRule(id: string): Promise<boolean>;
}
