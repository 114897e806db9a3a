'use client';

import { useEffect, useState } from 'react';
import type { SubmissionListeners } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import type { Submitting } from './client-snippets.ts';
import { useOwnHost } from './own-host.ts';

/** RFC 6409 §3.1. */
const USUAL_PORT = 587;

/** Where clients submit to; undefined until it is known. What is usual, where the listeners are on another machine. */
export function useListening(): Pick<Submitting, 'host' | 'port' | 'verifiable'> | undefined {
  const own = useOwnHost();
  const [known, setKnown] = useState<SubmissionListeners | 'unknown' | undefined>(undefined);
  useEffect(() => {
    void browserApi.showListeners().then((result) => setKnown('ok' in result ? result.ok : 'unknown'));
  }, []);
  if (known === undefined) return undefined;
  if (known === 'unknown') return { host: own, port: USUAL_PORT, verifiable: false };
  const verifiable = known.certificate === 'given';
  const port = known.listeners.find(({ service }) => service === 'submission')?.port ?? USUAL_PORT;
  // A certificate is for a name; without one, the way that the viewer came leads there too.
  return { host: verifiable ? known.hostname : own, port, verifiable };
}
