import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { parseTheme, THEME_COOKIE } from './theme.ts';

/** A page for who is not signed in: the brand, one card with its heading, and a word below it. */
export async function EntryCard(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly below?: ReactNode;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-13 items-center justify-end px-3">
        <ThemeMenu initial={parseTheme((await cookies()).get(THEME_COOKIE)?.value)} />
      </header>
      <main className="mx-auto w-full max-w-[23rem] px-4 pt-[9dvh] pb-16">
        <div className="mb-6 flex items-center gap-2.5">
          <Mark className="size-8" />
          <div>
            <p className="text-lg leading-5 font-semibold tracking-tight">Postern</p>
            <p className="text-xs text-ink-soft">Outbound mail gateway</p>
          </div>
        </div>
        <div className="rounded-lg border border-line bg-surface p-5">
          <h1 className="mb-4 text-lg font-semibold">{props.title}</h1>
          {props.children}
        </div>
        {props.below && <div className="mt-4 text-xs text-ink-soft">{props.below}</div>}
      </main>
    </div>
  );
}
