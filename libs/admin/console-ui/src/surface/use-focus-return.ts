'use client';

import { useRef } from 'react';

/**
 * Where the keyboard was when a dialog opened, and the way back when it closes; meanwhile it is in the first field.
 *
 * A field that takes the focus by itself (`autoFocus`) would take it before the way back is known.
 */
export function useFocusReturn() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = opener();
      const field = firstField(event.currentTarget);
      if (!field) return;
      event.preventDefault();
      field.focus();
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

/** The first field of the form that opened; without one the first thing of all has the keyboard. */
function firstField(within: EventTarget | null): HTMLElement | null {
  return within instanceof HTMLElement
    ? within.querySelector<HTMLElement>('form :is(input:not([type=hidden]), select, textarea):not(:disabled)')
    : null;
}
