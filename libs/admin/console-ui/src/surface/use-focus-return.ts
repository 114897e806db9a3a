'use client';

import { useRef } from 'react';

/** Where the keyboard was when a dialog opened, and the way back when it closes. */
export function useFocusReturn() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = opener();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      before.current?.focus();
    },
  };
}

/** What has the focus; for an item of a menu, which goes away, the button of the menu. */
function opener(): HTMLElement | null {
  const { activeElement } = document;
  const menu = activeElement?.closest('[role=menu]');
  const button = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : activeElement;
  return button instanceof HTMLElement ? button : null;
}
