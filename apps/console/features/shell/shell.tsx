'use client';

import { Menu as MenuIcon, Search } from 'lucide-react';
import Link from 'next/link';
import { useState, type ReactNode } from 'react';
import type { Session } from '@postern/admin-contract';
import { Drawer, IconButton } from '@postern/console-ui';
import { ViewerMenu } from './viewer-menu.tsx';
import { ConnectionNotice, ConnectionState } from './connection-state.tsx';
import { Keyboard } from './keyboard.tsx';
import { Mark } from './mark.tsx';
import { NavList } from './nav-list.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import type { Theme } from './theme.ts';

/** The frame of every page: where one can go, whether it is live, and who one is. */
export function Shell(props: { readonly session: Session; readonly theme: Theme; readonly children: ReactNode }) {
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <aside aria-label="Postern" className="hidden border-r border-line bg-sunken lg:block">
        <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto">
          <Home />
          <NavList permissions={props.session.permissions} />
        </div>
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-30 flex h-13 items-center gap-1 border-b border-line bg-canvas/92 px-2 backdrop-blur-sm sm:px-4">
          <span className="flex items-center lg:hidden">
            <IconButton label="Navigation" aria-expanded={drawer} onClick={() => setDrawer(true)}>
              <MenuIcon aria-hidden />
            </IconButton>
            <Home />
          </span>
          <span className="flex-1" />
          <button
            type="button"
            aria-keyshortcuts="Control+K Meta+K"
            onClick={() => setPalette(true)}
            className="flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-xs text-ink-soft hover:bg-hover hover:text-ink max-sm:border-transparent max-sm:bg-transparent max-sm:px-2 pointer-coarse:h-10"
          >
            <Search aria-hidden className="size-4" />
            <span className="max-sm:sr-only">Go to, find, do</span>
            <kbd aria-hidden className="font-mono text-2xs max-sm:hidden">
              Ctrl K
            </kbd>
          </button>
          <ConnectionState />
          <ThemeMenu initial={props.theme} />
          <ViewerMenu session={props.session} />
        </header>
        <ConnectionNotice />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto max-w-[100rem] px-3 pt-4 pb-16 outline-none sm:px-6 sm:pt-5"
        >
          {props.children}
        </main>
      </div>
      <Keyboard permissions={props.session.permissions} palette={palette} onPalette={setPalette} />
      {drawer && (
        <Drawer title="Postern" onClose={() => setDrawer(false)}>
          <NavList permissions={props.session.permissions} onGo={() => setDrawer(false)} />
        </Drawer>
      )}
    </div>
  );
}

function Home() {
  return (
    <Link
      href="/"
      prefetch={false}
      className="flex h-13 shrink-0 items-center gap-2 px-2 text-base font-semibold tracking-tight lg:mx-2.5 lg:px-2.5"
    >
      <Mark className="size-5.5" />
      Postern
    </Link>
  );
}
