import type { PoolRule, Source, SOURCE_SORTS } from '@postern/admin-contract';
import type { OrderedSlice, Slice } from './admin-store.ts';

/** Sources and the rules about their pools, read. */
export interface SourceReads {
  /** Sources by name, or by pool and then by name. */
  listSources(query: SourceQuery): Promise<readonly Source[]>;
  findSource(reference: { readonly id: string } | { readonly name: string }): Promise<Source | undefined>;
  listPoolRules(slice: Slice<string>): Promise<readonly PoolRule[]>;
}

export interface SourceQuery extends OrderedSlice<Pick<Source, 'pool' | 'name'>> {
  readonly sort: (typeof SOURCE_SORTS)[number];
  readonly pool?: string | undefined;
  /** Sources whose name, address or EHLO name contains this, without regard to case. */
  readonly nameContains?: string | undefined;
}

/** What can be changed of a source. */
export type SourceSettings = Pick<Source, 'pool' | 'addresses' | 'ehloName' | 'weight' | 'warmUp'>;
export type NewSource = Pick<Source, 'name' | 'pool' | 'addresses' | 'ehloName' | 'weight' | 'warmUp'>;
export type NewPoolRule = Pick<PoolRule, 'pool' | 'credentialId' | 'senderRule' | 'route'>;

/** Sources and the rules about their pools, changed. */
export interface SourceChanges {
  /** Undefined: there is one of this name. */
  addSource(source: NewSource): Promise<Source | undefined>;
  /** `anew`: its warm-up begins today. Undefined: there is none. */
  updateSource(
    id: string,
    settings: SourceSettings,
    how: { readonly warmUp: 'anew' | 'kept' },
  ): Promise<Source | undefined>;
  removeSource(id: string): Promise<boolean>;
  /** `there`: a rule before it is about the same mail, so that this one would never be asked; nothing is added. */
  addPoolRule(rule: NewPoolRule): Promise<{ readonly kind: 'added' | 'there'; readonly rule: PoolRule }>;
  removePoolRule(id: string): Promise<boolean>;
}
