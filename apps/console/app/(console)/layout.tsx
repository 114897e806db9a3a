import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { ProblemNotice } from '../../features/problem/problem-notice.tsx';
import { Shell } from '../../features/shell/shell.tsx';
import { parseTheme, THEME_COOKIE } from '../../features/shell/theme.ts';
import { LiveProvider } from '../../live/live-provider.tsx';
import { viewerSession } from '../../server/api.ts';

/** Every page but the sign-in page: for those who are signed in. The API decides that anew at each question. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const { value: session, problem } = await viewerSession();
  if (problem) {
    return (
      <main className="mx-auto max-w-xl px-4 pt-[18dvh]">
        <h1 className="mb-3 text-xl font-semibold">Postern</h1>
        <ProblemNotice problem={problem} />
      </main>
    );
  }
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <LiveProvider>
      <Shell session={session} theme={theme}>
        {children}
      </Shell>
    </LiveProvider>
  );
}
