'use client';

import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

interface Viewer {
  readonly zone: string;
  readonly now: Date;
}

const ViewerContext = createContext<Viewer | undefined>(undefined);

/** The cookie that tells the server in which time zone to render. */
export const ZONE_COOKIE = 'postern_zone';

const TICK_MS = 1000;
const YEAR_SECONDS = 365 * 24 * 3600;
/** Below this the difference between the two clocks is the time that the page took to arrive. */
const SKEW_MS = 20_000;

/**
 * Knows the viewer's time zone and what the time is.
 *
 * The server renders with the zone of the viewer's last visit (a cookie) and its own time, so that the first paint
 * needs no correction; the browser then tells its zone and keeps the time, by the server's clock where its own is wrong.
 */
export function ViewerProvider(props: { readonly zone: string; readonly nowMs: number; readonly children: ReactNode }) {
  const [zone, setZone] = useState(props.zone);
  const [nowMs, setNowMs] = useState(props.nowMs);

  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (own && own !== zone) setZone(own);
    if (own)
      document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(own)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }, [zone]);

  useEffect(() => {
    const difference = props.nowMs - Date.now();
    const skewMs = Math.abs(difference) > SKEW_MS ? difference : 0;
    const timer = setInterval(() => setNowMs(Date.now() + skewMs), TICK_MS);
    return () => clearInterval(timer);
  }, [props.nowMs]);

  return <ViewerContext value={{ zone, now: new Date(nowMs) }}>{props.children}</ViewerContext>;
}

/** The viewer's zone and the time now; components that use it render anew each second. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer needs a ViewerProvider above it');
  return viewer;
}
