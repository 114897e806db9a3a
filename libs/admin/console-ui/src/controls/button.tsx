import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef } from 'react';
import { classNames } from '../class-names.ts';

type Kind = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOK: Readonly<Record<Kind, string>> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong',
  plain: 'bg-surface text-ink border-line-control hover:bg-hover',
  quiet: 'bg-transparent text-ink-soft border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-bad border-bad/60 hover:bg-bad/8',
};

const SHAPE =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap select-none ' +
  'pointer-coarse:h-11 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&>svg]:size-4';

/** The look of a button, for links that act as one. */
export function buttonLook(kind: Kind = 'plain', extra?: string): string {
  return classNames(SHAPE, LOOK[kind], extra);
}

/** A button, with an icon before its words; `type` is `button` unless a form needs `submit`. */
export function Button({
  kind = 'plain',
  icon: Icon,
  className,
  children,
  ...rest
}: ComponentPropsWithRef<'button'> & { readonly kind?: Kind; readonly icon?: LucideIcon }) {
  return (
    <button type="button" {...rest} className={buttonLook(kind, className)}>
      {Icon && <Icon aria-hidden />}
      {children}
    </button>
  );
}

/** A button that shows only an icon; its label is read aloud and shown as its title. */
export function IconButton({
  label,
  className,
  ...rest
}: ComponentPropsWithRef<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classNames(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-hover hover:text-ink',
        'pointer-coarse:size-10 disabled:opacity-55 [&>svg]:size-4',
        className,
      )}
    />
  );
}
