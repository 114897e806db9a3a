import Link from 'next/link';
import type { ReactNode } from 'react';

/** The way from the heading of a panel to the page that says more. */
export function PanelLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="inline-flex min-h-6 items-center text-xs text-accent underline">
      {children}
    </Link>
  );
}
