import '@fontsource-variable/inter/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { isTimeZone, ViewerProvider, ZONE_COOKIE } from '@postern/console-ui';
import { StyleNonce } from '../features/shell/style-nonce.tsx';
import { parseTheme, THEME_COOKIE } from '../features/shell/theme.ts';

export const metadata: Metadata = {
  title: { default: 'Postern', template: '%s · Postern' },
  description: "An organisation's outbound mail gateway",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f8f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1418' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const jar = await cookies();
  const theme = parseTheme(jar.get(THEME_COOKIE)?.value);
  const zone = decodeZone(jar.get(ZONE_COOKIE)?.value);
  return (
    <html lang="en" {...(theme === 'system' ? {} : { 'data-theme': theme })}>
      <body>
        <StyleNonce />
        <ViewerProvider zone={zone} nowMs={Date.now()}>
          {children}
        </ViewerProvider>
      </body>
    </html>
  );
}

function decodeZone(cookie: string | undefined): string {
  return cookie && isTimeZone(cookie) ? cookie : 'UTC';
}
