'use client';

import { useState } from 'react';
import type { Result } from '@postern/admin-client';
import type { Page, Problem } from '@postern/admin-contract';

export interface More<Item> {
  readonly items: readonly Item[];
  /** Absent when the list is whole. */
  readonly askMore: (() => void) | undefined;
  readonly asking: boolean;
  readonly problem: Problem | undefined;
}

/** A list whose first page comes from outside, anew when it changes, and grows below by further pages. */
export function useMore<Item>(options: {
  readonly first: Page<Item>;
  readonly key: (item: Item) => string;
  readonly ask: (cursor: string) => Promise<Result<Page<Item>>>;
}): More<Item> {
  const { first, key, ask } = options;
  const [further, setFurther] = useState<Page<Item> | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const head = new Set(first.items.map(key));
  const cursor = further ? further.nextCursor : first.nextCursor;

  const askMore = async (from: string) => {
    setAsking(true);
    const result = await ask(from);
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setProblem(undefined);
    setFurther({ items: [...(further?.items ?? []), ...result.ok.items], nextCursor: result.ok.nextCursor });
  };
  return {
    items: [...first.items, ...(further?.items ?? []).filter((item) => !head.has(key(item)))],
    askMore: cursor === null ? undefined : () => void askMore(cursor),
    asking,
    problem,
  };
}
