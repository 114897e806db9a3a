import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { hashKeyText } from './key-text.ts';

/** Who asks with an API key; undefined when there is no such key, or it is revoked or expired. Nothing tells which. */
export async function actorOfKey(
  { store, keys }: Pick<Context, 'store' | 'keys'>,
  given: { readonly key: string; readonly address: string },
): Promise<Actor | undefined> {
  const hash = hashKeyText(keys.apiKeyHashKey, given.key);
  const found = hash && (await store.useApiKey({ hash, address: given.address }));
  if (found?.state !== 'active') return undefined;
  const { id, name, permissions } = found;
  return { kind: 'api-key', id, name, permissions: new Set(permissions), address: given.address };
}
