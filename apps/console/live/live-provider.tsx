'use client';

import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { openStream } from '@postern/admin-client';
import type { StreamEvent, StreamEventName } from '@postern/admin-contract';
import { leaveForSignIn } from '../features/session/leave-for-sign-in.ts';
import { browserApi } from './browser-api.ts';
import { CONNECTING, createLiveHub, type Connection, type LiveHub } from './live-hub.ts';

type DataOf = { readonly [Event in StreamEvent as Event['name']]: Event['data'] };

const LiveContext = createContext<LiveHub | undefined>(undefined);

/** A browser opens six connections to one origin at most: pages that nobody looks at give theirs back after this. */
const REST_AFTER_HIDDEN_MS = 30_000;

/** Keeps one stream of events open for the whole console, and tells its state. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [hub] = useState(createLiveHub);
  useEffect(() => {
    let close: (() => void) | undefined;
    const open = () => {
      if (close) return;
      hub.connect(CONNECTING);
      close = openStream({
        baseUrl: '',
        onEvent: hub.tell,
        onState: (state) => {
          hub.connect(state === 'live' ? { kind: 'live' } : { kind: 'away', since: new Date() });
          // A stream does not say why it was refused: ask whether the session has ended.
          if (state === 'lost') void leaveIfSignedOut();
        },
      });
    };
    const rest = () => {
      close?.();
      close = undefined;
      hub.connect({ kind: 'resting' });
    };
    open();
    const unwatch = whileSeen((seen) => (seen ? open() : rest()));
    return () => {
      unwatch();
      close?.();
    };
  }, [hub]);
  return <LiveContext value={hub}>{children}</LiveContext>;
}

/** The state of the connection. */
export function useConnection(): Connection {
  const hub = useHub();
  return useSyncExternalStore(hub.onConnection, hub.connection, () => CONNECTING);
}

/** Hears every event of one name while the component is shown. */
export function useLiveEvent<Name extends StreamEventName>(name: Name, onEvent: (data: DataOf[Name]) => void): void {
  const hub = useHub();
  const heard = useEffectEvent((event: StreamEvent) => {
    if (event.name === name) onEvent(dataOf<Name>(event));
  });
  useEffect(() => hub.onEvent((event) => heard(event)), [hub]);
}

/** The name was compared just before, which the compiler does not carry over to a type that is still open. */
function dataOf<Name extends StreamEventName>(event: StreamEvent): DataOf[Name] {
  return event.data as DataOf[Name];
}

function useHub(): LiveHub {
  const hub = useContext(LiveContext);
  if (!hub) throw new Error('this needs a LiveProvider above it');
  return hub;
}

async function leaveIfSignedOut(): Promise<void> {
  const result = await browserApi.whoAmI();
  if ('problem' in result && result.problem.code === 'not-signed-in') leaveForSignIn();
}

/** Tells when the page has been hidden for a while, and when it is seen again. */
function whileSeen(tell: (seen: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === 'visible') tell(true);
    else timer = setTimeout(() => tell(false), REST_AFTER_HIDDEN_MS);
  };
  document.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
