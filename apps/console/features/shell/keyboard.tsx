'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Permission } from '@postern/admin-contract';
import { NAVIGATION } from './navigation.ts';
import { Palette } from './palette.tsx';
import { shortcutOf } from './shortcuts.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { singleKeys } from './single-keys.ts';

/** Hears the keyboard on every page: the palette, the sheet of shortcuts, ways to pages, rows of tables. */
export function Keyboard(props: {
  readonly permissions: readonly Permission[];
  readonly palette: boolean;
  readonly onPalette: (open: boolean) => void;
}) {
  const { permissions, palette, onPalette } = props;
  const router = useRouter();
  const [sheet, setSheet] = useState(false);
  const chordAt = useRef<number | undefined>(undefined);
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const shortcut = shortcutOf({
      key: event.key,
      ctrl: event.ctrlKey || event.metaKey,
      alt: event.altKey,
      writing: Boolean(target?.closest('input, textarea, select, [contenteditable], [role=menu], [role=dialog]')),
      at: event.timeStamp,
      chordAt: chordAt.current,
      single: singleKeys(),
    });
    chordAt.current = shortcut.kind === 'chord' ? event.timeStamp : undefined;
    if (shortcut.kind === 'none' || shortcut.kind === 'chord') return;
    event.preventDefault();
    if (shortcut.kind === 'palette') onPalette(!palette);
    else if (shortcut.kind === 'sheet') setSheet(true);
    else if (shortcut.kind === 'go') go(shortcut.path);
    else if (shortcut.kind === 'row') stepRow(shortcut.step);
    else turnPage(shortcut.which);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => hear(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  const go = (path: string) => {
    const known = NAVIGATION.flatMap(({ destinations }) => destinations).find((each) => each.path === path);
    if (known && permissions.includes(known.permission)) router.push(path);
  };
  return (
    <>
      {palette && <Palette permissions={permissions} onClose={() => onPalette(false)} />}
      {sheet && <ShortcutSheet permissions={permissions} onClose={() => setSheet(false)} />}
    </>
  );
}

/** Brings the keyboard to the next row of the page's tables, or to the one before. */
function stepRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row-link]')];
  const here = rows.findIndex((row) => row === document.activeElement);
  const next = here === -1 ? (step === 1 ? 0 : rows.length - 1) : here + step;
  const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
  row?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

function turnPage(which: 'first' | 'next'): void {
  document.querySelector<HTMLElement>(`main [data-page='${which}']`)?.click();
}
