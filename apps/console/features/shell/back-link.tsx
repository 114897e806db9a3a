import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** The way back to the list that a page belongs to. */
export function BackLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="mb-2 -ml-1 inline-flex h-6 items-center gap-0.5 rounded-sm pr-1.5 text-xs text-ink-soft hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      {children}
    </Link>
  );
}
