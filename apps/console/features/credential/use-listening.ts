'use client';

import { useEffect, useState } from 'react';
import type { SubmissionListeners } from '@postern/admin-contract';
import { browserApi } from '../../live/browser-api.ts';
import type { Submitting } from './client-snippets.ts';
import { useOwnHost } from './own-host.ts';

/** Where clients submit to. Until it is known, and where it is on another machine, what is usual. */
export function useListening(): Pick<Submitting, 'host' | 'port' | 'verifiable'> {
  const own = useOwnHost();
  const [known, setKnown] = useState<SubmissionListeners | undefined>(undefined);
  useEffect(() => {
    void browserApi.showListeners().then((result) => 'ok' in result && setKnown(result.ok));
  }, []);
  const verifiable = known?.certificate === 'given';
  const port = known?.listeners.find(({ service }) => service === 'submission')?.port ?? 587;
  // A certificate is for a name; without one, the way that the viewer came leads there too.
  return { host: verifiable && known ? known.hostname : own, port, verifiable };
}
