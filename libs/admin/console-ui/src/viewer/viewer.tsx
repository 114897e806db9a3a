'use client';

import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { createTicker, type Ticker } from './ticker.ts';
import { createZone, type ViewerZone } from './zone.ts';

interface Viewer {
  readonly zone: string;
  readonly now: Date;
}

const ViewerContext = createContext<{ readonly zone: ViewerZone; readonly ticker: Ticker } | undefined>(undefined);

/** The cookie that tells the server in which time zone to render. */
export const ZONE_COOKIE = 'postern_zone';

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Knows the viewer's time zone and what the time is.
 *
 * The server renders with the zone of the viewer's last visit (a cookie) and its own time, so that the first paint
 * needs no correction; the browser then tells its zone and keeps the time.
 */
export function ViewerProvider(props: { readonly zone: string; readonly nowMs: number; readonly children: ReactNode }) {
  const [zone] = useState(() => createZone(props.zone));
  const [ticker] = useState(() => createTicker(props.nowMs));

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own) return;
    zone.set(own);
    document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(own)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, [zone]);
  useEffect(() => ticker.start(), [ticker]);

  const viewer = useMemo(() => ({ zone, ticker }), [zone, ticker]);
  return <ViewerContext value={viewer}>{props.children}</ViewerContext>;
}

/** The viewer's zone and the time now; components that use it render anew each second. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it');
  const { ticker } = viewer;
  const zone = useZone();
  const nowMs = useSyncExternalStore(ticker.subscribe, ticker.nowMs, ticker.firstMs);
  return { zone, now: new Date(nowMs) };
}

/** The viewer's zone alone, for what need not be drawn anew each second. */
export function useZone(): string {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useZone needs a ViewerProvider above it');
  // What comes after the first paint is hydrated as it was rendered, in the zone that the server knew.
  return useSyncExternalStore(viewer.zone.subscribe, viewer.zone.now, viewer.zone.first);
}
