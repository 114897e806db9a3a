'use client';

import { useRef } from 'react';

/**
 * Where the keyboard was when a dialog opened, and the way back when it closes; meanwhile it is in the first field.
 *
 * A field that takes the focus by itself (`autoFocus`) would take it before the way back is known. A dialog that stands
 * in for another goes back to where that one would have. Where the opener is gone, as the button of a row that was
 * removed is, the keyboard is at the content of the page, and not at the top of the document.
 */
export function useFocusReturn() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = opener() ?? wayBack;
      wayBack = before.current;
      const field = firstField(event.currentTarget);
      if (!field) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (wayBack === before.current) wayBack = null;
      before.current?.focus();
      keepFocus();
    },
  };
}

/** Where the dialog that is open goes back to: known to the one that stands in for it. */
let wayBack: HTMLElement | null = null;
const GOES_WITHIN_MS = 5_000;

/** What has the focus may go with the answer to what was done: then the content has it. */
function keepFocus(): void {
  const atContent = () => {
    if (document.activeElement !== document.body || document.querySelector('[role=dialog]')) return;
    document.getElementById('content')?.focus({ preventScroll: true });
  };
  atContent();
  const watch = new MutationObserver(atContent);
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), GOES_WITHIN_MS);
}

/** What has the focus; for an item of a menu, which goes away, the button of the menu. */
function opener(): HTMLElement | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role=menu]');
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : activeElement;
  return button instanceof HTMLElement && button !== document.body ? button : null;
}

/** The first field of the form that opened; without one the first thing of all has the keyboard. */
function firstField(within: EventTarget | null): HTMLElement | null {
  return within instanceof HTMLElement
    ? within.querySelector<HTMLElement>('form :is(input:not([type=hidden]), select, textarea):not(:disabled)')
    : null;
}
