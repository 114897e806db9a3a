import type { ReactNode } from 'react';

/** The heading of a page, what it is about, and what can be done there. */
export function PageHeading(props: {
  readonly title: ReactNode;
  readonly says?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="min-w-0 flex-1 basis-60">
        <h1 className="text-xl font-semibold tracking-tight">{props.title}</h1>
        {props.says && <p className="mt-0.5 text-sm text-ink-soft">{props.says}</p>}
      </div>
      {props.actions && <div className="flex flex-wrap items-center gap-2">{props.actions}</div>}
    </div>
  );
}
