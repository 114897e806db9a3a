import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

/** A framed part of a page with its heading. */
export function Panel(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <section className={classNames('rounded-lg border border-line bg-surface', props.className)}>
      <header className="flex min-h-10 items-center gap-3 border-b border-line px-4 py-1.5">
        <h2 className="flex-1 text-sm font-semibold">{props.title}</h2>
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}

/** Facts as name and value, one below the other or in two columns where there is room. */
export function Facts({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <dl className={classNames('grid gap-x-6 gap-y-2.5 px-4 py-3.5 text-sm', className)}>{children}</dl>;
}

export function Fact({
  name,
  children,
  wide,
}: {
  readonly name: string;
  readonly children: ReactNode;
  readonly wide?: true;
}) {
  return (
    <div className={classNames('min-w-0', wide && 'col-span-full')}>
      <dt className="text-xs text-ink-soft">{name}</dt>
      <dd className="mt-px min-w-0 break-words">{children}</dd>
    </div>
  );
}
