'use client';

import { useRouter } from 'next/navigation';
import { useLiveEvent } from './live-provider.tsx';

/**
 * Reads a page anew with each heartbeat of the stream, every few seconds, as long as it is looked at: what it lists is told
 * of by no event of its own. While the connection is lost nothing is asked, and the page says so above.
 */
export function useLivePage(): void {
  const router = useRouter();
  useLiveEvent('heartbeat', () => {
    if (document.visibilityState === 'visible') router.refresh();
  });
}
