import 'server-only';

import type { Page } from '@postern/admin-contract';
import { ask, type Asked } from './api.ts';

/**
 * Whether this gateway has ever accepted mail, for a page whose list is empty: what it teaches depends on it.
 *
 * A list with something in it answers that by itself, and one that could not be had teaches nothing.
 */
export async function everAccepted(list: Asked<Page<unknown>>): Promise<boolean> {
  if (!list.value || list.value.items.length > 0) return true;
  const { value: ledger } = await ask((api) => api.showLedger());
  return (ledger?.accepted ?? 1) > 0;
}
