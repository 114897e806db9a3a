'use client';

import { useSyncExternalStore } from 'react';

/** The host that the viewer reaches the console by: mostly also where its listeners are. */
export function useOwnHost(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.hostname.replace(/^\[|\]$/g, ''),
    () => '127.0.0.1',
  );
}
