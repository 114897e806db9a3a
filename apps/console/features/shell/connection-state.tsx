'use client';

import { Pause, RefreshCw, Unplug } from 'lucide-react';
import { formatInstantShort, useViewer } from '@postern/console-ui';
import type { Connection } from '../../live/live-hub.ts';
import { useConnection } from '../../live/live-provider.tsx';

/** Until a connection is away this long it is reconnecting; then it is lost, and the pages say how old they are. */
const LOST_AFTER_MS = 8_000;

/** What the viewer should know of the connection: its word, and the instant that it was lost. */
function useSaid(): { readonly kind: Connection['kind'] | 'lost'; readonly since?: string } {
  const connection = useConnection();
  const { zone, now } = useViewer();
  if (connection.kind !== 'away') return { kind: connection.kind };
  const since = formatInstantShort(connection.since, zone, now);
  return { kind: now.getTime() - connection.since.getTime() > LOST_AFTER_MS ? 'lost' : 'away', since };
}

/** The state of the connection in the top bar; a change is read aloud. */
export function ConnectionState() {
  const said = useSaid();
  return (
    <p role="status" className="flex h-8 items-center gap-1.5 px-2 text-xs whitespace-nowrap text-ink-soft">
      {said.kind === 'live' && (
        <>
          <span aria-hidden className="relative flex size-2">
            <span className="absolute inset-0 animate-ping rounded-full bg-good/60 [animation-duration:2.4s] motion-reduce:hidden" />
            <span className="relative size-2 rounded-full bg-good" />
          </span>
          Live
        </>
      )}
      {(said.kind === 'connecting' || said.kind === 'away') && (
        <>
          <RefreshCw aria-hidden className="size-3.5 animate-spin text-wait motion-reduce:animate-none" />
          {said.kind === 'away' ? 'Reconnecting' : 'Connecting'}
        </>
      )}
      {said.kind === 'lost' && (
        <>
          <Unplug aria-hidden className="size-3.5 text-bad" />
          <span className="font-medium text-bad">Connection lost</span>
        </>
      )}
      {said.kind === 'resting' && (
        <>
          <Pause aria-hidden className="size-3.5" />
          Paused
        </>
      )}
    </p>
  );
}

/** Tells, across the page, that what it shows is old. */
export function ConnectionNotice() {
  const said = useSaid();
  if (said.kind !== 'lost') return null;
  return (
    <p className="flex items-center gap-2 border-b border-wait/30 bg-wait/10 px-4 py-1.5 text-xs sm:px-6">
      <Unplug aria-hidden className="size-3.5 shrink-0 text-wait" />
      <span>
        No live updates since <span className="font-medium tabular-nums">{said.since}</span>: what you see may be older.
        Trying again.
      </span>
    </p>
  );
}
