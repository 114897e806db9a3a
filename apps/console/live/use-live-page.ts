'use client';

import { useRouter } from 'next/navigation';
import { useLiveEvent } from './live-provider.tsx';

/**
 * Reads a page anew when an operator changed something, and with each heartbeat of the stream, every few seconds, as long as
 * it is looked at: what comes by itself (an event, a last use) is told by no event of its own. While the connection is lost
 * nothing is asked, and the page says so above.
 */
export function useLivePage(): void {
  const router = useRouter();
  const refresh = () => {
    if (document.visibilityState === 'visible') router.refresh();
  };
  useLiveEvent('changes', refresh);
  useLiveEvent('heartbeat', refresh);
}
