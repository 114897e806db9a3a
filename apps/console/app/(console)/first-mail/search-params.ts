import { z } from 'zod';
import type { RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the first-mail page says: with which sending domain. */
export interface FirstMailSearch {
  readonly domain: string | undefined;
}

const domain = z.string().min(1).max(255);

export function readSearch(raw: RawSearch): FirstMailSearch {
  const parsed = domain.safeParse(raw['domain']);
  return { domain: parsed.success ? parsed.data : undefined };
}

export function firstMailPath(name: string): string {
  return `/first-mail?domain=${encodeURIComponent(name)}`;
}
