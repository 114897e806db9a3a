import { useId, type ComponentPropsWithRef, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';

const CONTROL =
  'h-8 w-full rounded-md border border-line-control bg-surface px-2.5 text-sm text-ink placeholder:text-ink-faint ' +
  'pointer-coarse:h-11 pointer-coarse:text-[1rem] aria-invalid:border-bad disabled:opacity-60';

interface Said {
  readonly label: ReactNode;
  /** Said below the label, before anything is wrong. */
  readonly hint?: ReactNode;
  /** What is wrong and what to do; undefined when nothing is. */
  readonly error?: string | undefined;
}

/** A text input with its label, its hint and its error, tied together for those who hear the page. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: Omit<ComponentPropsWithRef<'input'>, 'size'> & Said) {
  const id = useId();
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      )}
      <input {...rest} id={id} className={CONTROL} {...described(id, { hint, error })} />
      <FieldError id={id} error={error} />
    </div>
  );
}

/** Several lines of text, one thing a line. */
export function LinesField({ label, hint, error, className, ...rest }: ComponentPropsWithRef<'textarea'> & Said) {
  const id = useId();
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      )}
      <textarea
        {...rest}
        id={id}
        className={classNames(CONTROL, 'h-auto min-h-18 py-1.5 font-mono pointer-coarse:h-auto')}
        {...described(id, { hint, error })}
      />
      <FieldError id={id} error={error} />
    </div>
  );
}

/** A choice of one among few, drawn by the system so that it works on a phone and with a screen reader. */
export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: ComponentPropsWithRef<'select'> & Said) {
  const id = useId();
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-ink-soft">
          {hint}
        </p>
      )}
      <select {...rest} id={id} className={classNames(CONTROL, 'pr-7')} {...described(id, { hint, error })}>
        {children}
      </select>
      <FieldError id={id} error={error} />
    </div>
  );
}

function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }) {
  return error ? (
    <p id={`${id}-error`} className="text-xs font-medium text-bad">
      {error}
    </p>
  ) : null;
}

function described(id: string, said: { readonly hint?: ReactNode; readonly error?: string | undefined }) {
  const ids = [said.hint ? `${id}-hint` : '', said.error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return { ...(ids ? { 'aria-describedby': ids } : {}), ...(said.error ? { 'aria-invalid': true as const } : {}) };
}
