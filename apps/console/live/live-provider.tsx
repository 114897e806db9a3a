'use client';

import { createContext, useContext, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import { openStream } from '@postern/admin-client';
import type { StreamEvent, StreamEventName } from '@postern/admin-contract';
import { leaveForSignIn } from '../features/session/leave-for-sign-in.ts';
import { browserApi } from './browser-api.ts';

/**
 * What the console knows of its connection: `live` while events arrive, `away` since the instant that it was lost,
 * `resting` while the page is hidden and the stream is closed on purpose.
 */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'away'; readonly since: Date }
  | { readonly kind: 'resting' };

type Listener = (event: StreamEvent) => void;
type DataOf = { readonly [Event in StreamEvent as Event['name']]: Event['data'] };

interface Live {
  readonly connection: Connection;
  readonly listen: (listener: Listener) => () => void;
}

const LiveContext = createContext<Live | undefined>(undefined);

/** A browser opens six connections to one origin at most: pages that nobody looks at give theirs back after this. */
const REST_AFTER_HIDDEN_MS = 30_000;

/** Keeps one stream of events open for the whole console, and tells its state. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const [connection, setConnection] = useState<Connection>({ kind: 'connecting' });
  const listeners = useRef(new Set<Listener>());
  const [awake, setAwake] = useState(true);
  useEffect(() => whileSeen(setAwake), []);

  useEffect(() => {
    if (!awake) {
      setConnection({ kind: 'resting' });
      return undefined;
    }
    return openStream({
      baseUrl: '',
      onEvent: (event) => listeners.current.forEach((listener) => listener(event)),
      onState: (state) => {
        setConnection(state === 'live' ? { kind: 'live' } : { kind: 'away', since: new Date() });
        // A stream does not say why it was refused: ask whether the session has ended.
        if (state === 'lost') void leaveIfSignedOut();
      },
    });
  }, [awake]);

  const live = useMemo<Live>(
    () => ({
      connection,
      listen: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [connection],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The state of the connection. */
export function useConnection(): Connection {
  return useLive().connection;
}

/** Hears every event of one name while the component is shown. */
export function useLiveEvent<Name extends StreamEventName>(name: Name, onEvent: (data: DataOf[Name]) => void): void {
  const { listen } = useLive();
  const heard = useEffectEvent((event: StreamEvent) => {
    if (event.name === name) onEvent(dataOf<Name>(event));
  });
  useEffect(() => listen((event) => heard(event)), [listen]);
}

/** The name was compared just before, which the compiler does not carry over to a type that is still open. */
function dataOf<Name extends StreamEventName>(event: StreamEvent): DataOf[Name] {
  return event.data as DataOf[Name];
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('this needs a LiveProvider above it');
  return live;
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
