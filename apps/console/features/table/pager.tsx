import { ArrowRight, ChevronsLeft } from 'lucide-react';
import Link from 'next/link';
import { buttonLook } from '@postern/console-ui';

/** The way to the next page of a list and back to its first; absent when the list has one page. */
export function Pager(props: {
  readonly shown: string;
  readonly first: { readonly href: string; readonly word: string } | undefined;
  readonly next: { readonly href: string; readonly word: string } | undefined;
}) {
  return (
    <div className="mt-3 flex min-h-8 items-center gap-2 text-xs text-ink-soft">
      <p className="flex-1 tabular-nums">{props.shown}</p>
      {(props.first || props.next) && (
        <nav aria-label="Pages" className="flex gap-2">
          {props.first && (
            <Link href={props.first.href} prefetch={false} data-page="first" className={buttonLook('plain')}>
              <ChevronsLeft aria-hidden />
              {props.first.word}
            </Link>
          )}
          {props.next && (
            <Link href={props.next.href} prefetch={false} data-page="next" className={buttonLook('plain')}>
              {props.next.word}
              <ArrowRight aria-hidden />
            </Link>
          )}
        </nav>
      )}
    </div>
  );
}
