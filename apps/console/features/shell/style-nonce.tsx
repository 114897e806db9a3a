'use client';

import { useEffect } from 'react';

/**
 * Hands the page's nonce to the components that write a style of their own (a dialog keeps the page below it still).
 *
 * They read it where bundlers are wont to put it. Browsers hide the nonce from selectors, not from scripts that run.
 */
export function StyleNonce() {
  useEffect(() => {
    const { nonce } = document.querySelector<HTMLScriptElement>('script[nonce]') ?? {};
    if (nonce) Reflect.set(globalThis, '__webpack_nonce__', nonce);
  }, []);
  return null;
}
