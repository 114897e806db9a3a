import type { Page } from '@postern/admin-contract';
import type { z } from 'zod';
import { unkeepableTexts } from './unkeepable-text.ts';
import { done, invalid, type Outcome } from './outcome.ts';

/**
 * One page of a list: what `read` answers behind the place that the cursor tells. A cursor is opaque to clients; it is the
 * key of the last item in base64url.
 */
export async function readPage<Item, Key>(
  options: {
    readonly query: { readonly cursor?: string | undefined; readonly limit: number };
    readonly key: z.ZodType<Key>;
    readonly keyOf: (item: Item) => Key;
    /** Where `read` stopped before it had as many as it was asked for, when it did. */
    readonly endOf?: () => Key | undefined;
  },
  read: (slice: { readonly after: Key | undefined; readonly limit: number }) => Promise<readonly Item[]>,
): Promise<Outcome<Page<Item>>> {
  const { cursor, limit } = options.query;
  const after = cursor === undefined ? undefined : options.key.safeParse(decode(cursor));
  if (after && !after.success) {
    return invalid([{ field: 'query.cursor', message: 'This is no cursor of this list; begin without one' }]);
  }
  // One more than asked for tells whether there is a page behind this one.
  const items = await read({ after: after?.data, limit: limit + 1 });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const stoppedAt = items.length > limit ? undefined : options.endOf?.();
  if (stoppedAt !== undefined) return done({ items: shown, nextCursor: encode(stoppedAt) });
  const nextCursor = items.length > limit && last !== undefined ? encode(options.keyOf(last)) : null;
  return done({ items: shown, nextCursor });
}

function encode(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode(cursor: string): unknown {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return unkeepableTexts(key, 'cursor').length > 0 ? undefined : key;
  } catch {
    return undefined;
  }
}
