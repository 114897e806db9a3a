'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { Result } from '@postern/admin-client';
import type { Trend, Trends } from '@postern/admin-contract';
import { SUMS_PAUSE_MS, useRefresh } from '../../live/use-refresh.ts';

/** Trends by id; undefined until they were answered. */
export type TrendsById = ReadonlyMap<string, Trend> | undefined;

/**
 * The trends of what a page of a list shows: one question for all of it, after the page is there, and again as mail moves.
 */
export function useTrends(
  ask: (request: { readonly query: { readonly ids: string } }) => Promise<Result<Trends>>,
  shown: readonly (string | number)[],
): TrendsById {
  const [trends, setTrends] = useState<TrendsById>(undefined);
  const ids = shown.join(',');
  const refresh = useEffectEvent(async () => {
    if (ids === '') return;
    const answer = await ask({ query: { ids } });
    if ('ok' in answer) setTrends(new Map(answer.ok.items.map((each) => [each.id, each])));
  });
  useEffect(() => void refresh(), [ids]);
  useRefresh({ wanted: true, pauseMs: SUMS_PAUSE_MS, refresh: () => refresh() });
  return trends;
}
