'use client';

import { useState } from 'react';

/** Whether a form is open: its button opens it, and so does an address that asks for it, whenever the page comes there. */
export function useAskedOpen(asked: boolean): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(asked);
  const [before, setBefore] = useState(asked);
  if (before !== asked) {
    setBefore(asked);
    setOpen(asked);
  }
  return [open, setOpen];
}
