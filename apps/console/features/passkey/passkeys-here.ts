'use client';

import { useSyncExternalStore } from 'react';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';

/**
 * Whether passkeys work on this page: `nowhere` when the console has no name to make them for, `elsewhere` when it was
 * reached under another address than its own, `unknown` to this browser, `here`. Undefined while the page is only what the
 * server wrote.
 */
export type PasskeysHere = 'here' | 'elsewhere' | 'nowhere' | 'unknown';

export function usePasskeysHere(passkeysAt: string | null): PasskeysHere | undefined {
  return useSyncExternalStore(
    () => () => undefined,
    () => passkeysHere(passkeysAt),
    () => undefined,
  );
}

function passkeysHere(passkeysAt: string | null): PasskeysHere {
  if (passkeysAt === null) return 'nowhere';
  if (passkeysAt !== window.location.origin) return 'elsewhere';
  return browserSupportsWebAuthn() ? 'here' : 'unknown';
}
