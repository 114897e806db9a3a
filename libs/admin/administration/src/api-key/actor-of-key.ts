import { permissionsOf, type Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { hashKeyText } from './key-text.ts';

/**
 * Who asks with an API key; undefined when there is no such key, or it is revoked or expired. Nothing tells which. A key can
 * do no more than its maker may now: another role of theirs holds for it from its next request on.
 */
export async function actorOfKey(
  { store, keys }: Pick<Context, 'store' | 'keys'>,
  { key, address }: { readonly key: string; readonly address: string },
): Promise<Actor | undefined> {
  const hash = hashKeyText(keys.apiKeyHashKey, key);
  const found = hash && (await store.useApiKey({ hash, address }));
  if (found?.state !== 'active') return undefined;
  const { id, name, makerRole } = found;
  const most = makerRole && permissionsOf(makerRole);
  const permissions = new Set(found.permissions.filter((each) => most === undefined || most.has(each)));
  return { kind: 'api-key', id, name, permissions, address };
}
