import type { ApiKey, Permission, Role } from '@postern/admin-contract';
import type { Actor } from '../actor.ts';
import type { OrderedSlice } from './admin-store.ts';

/** API keys, read. */
export interface ApiKeyReads {
  /** Keys by name, or by id, which is the order in which they were made; `after` is that of the last one seen. */
  listApiKeys(query: ApiKeyQuery): Promise<readonly ApiKey[]>;

  findApiKey(reference: ApiKeyReference): Promise<ApiKey | undefined>;

  /** The key with this hash, in whatever state; notes its use, once a minute at most. */
  useApiKey(use: { readonly hash: Buffer; readonly address: string }): Promise<UsedApiKey | undefined>;
}

export interface UsedApiKey extends ApiKey {
  /** The role that the account has now which the key answers to; undefined: it was made at the command line. */
  readonly makerRole: Role | undefined;
}

export interface ApiKeyQuery extends OrderedSlice<string> {
  readonly sort: 'name' | 'created';
  readonly nameContains: string | undefined;
}

export type ApiKeyReference = { readonly id: string } | { readonly name: string };

/** API keys, changed. */
export interface ApiKeyChanges {
  /** Adds a key, which answers to the account of the person who makes it, or of the key that does. Undefined: the name is taken. */
  addApiKey(key: NewApiKeyRow): Promise<ApiKey | undefined>;

  /** Revokes a key; undefined: it is revoked already. */
  revokeApiKey(id: string): Promise<ApiKey | undefined>;
}

export interface NewApiKeyRow {
  readonly name: string;
  readonly hash: Buffer;
  readonly permissions: readonly Permission[];
  readonly createdBy: Actor;
  readonly expiresAt: Date | undefined;
}
