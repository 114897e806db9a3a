'use client';

import { useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { useConnection, useLiveEvent } from './live-provider.tsx';

/** Not more often than this is anything asked anew, however much happens. */
const PAUSE_MS = 2_500;

/**
 * Asks anew, a moment after something in the ledger changed and when the connection is back, as long as `wanted`.
 *
 * One question at a time: what happens while it is under way is asked about once it has been answered.
 */
export function useRefresh(options: { readonly wanted: boolean; readonly refresh: () => Promise<void> }): void {
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
      if (again.current) timer.current = setTimeout(() => void run(), PAUSE_MS);
    };
    timer.current = setTimeout(() => void run(), PAUSE_MS);
  }, []);

  const { kind } = useConnection();
  const wanted = options.wanted;
  useEffect(() => {
    if (wanted && kind === 'live') soon();
  }, [wanted, kind, soon]);
  useLiveEvent('ledger', () => {
    if (wanted) soon();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
