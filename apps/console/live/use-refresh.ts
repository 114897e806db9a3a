'use client';

import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { useConnection, useLiveEvent } from './live-provider.tsx';

/** Not more often than this is anything asked anew, however much happens. */
const PAUSE_MS = 2_500;

/** What is added up over many rows is asked less often. */
export const SUMS_PAUSE_MS = 10_000;

/**
 * Asks anew, a moment after something in the ledger changed or an operator changed something, and when the connection is back, as long as `wanted`.
 *
 * One question at a time: what happens while it is under way is asked about once it has been answered.
 */
export function useRefresh(options: {
  readonly wanted: boolean;
  readonly refresh: () => Promise<void>;
  readonly pauseMs?: number;
}): void {
  const pauseMs = options.pauseMs ?? PAUSE_MS;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const busy = useRef(false);
  const again = useRef(false);
  const refresh = useEffectEvent(() => options.refresh());

  const soon = useCallback(() => {
    again.current = true;
    if (busy.current || timer.current !== undefined) return;
    const run = async () => {
      timer.current = undefined;
      again.current = false;
      busy.current = true;
      await refresh();
      busy.current = false;
      if (again.current) timer.current = setTimeout(() => void run(), pauseMs);
    };
    timer.current = setTimeout(() => void run(), pauseMs);
  }, [pauseMs]);

  const { kind } = useConnection();
  const wanted = options.wanted;
  useEffect(() => {
    if (wanted && kind === 'live') soon();
  }, [wanted, kind, soon]);
  useLiveEvent('ledger', () => {
    if (wanted) soon();
  });
  useLiveEvent('changes', () => {
    if (wanted) soon();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
