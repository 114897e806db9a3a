import { classNames } from '../class-names.ts';

/** Holds the place of something that is on its way. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden
      className={classNames('block animate-pulse rounded-sm bg-line motion-reduce:animate-none', className)}
    />
  );
}

/** Holds the place of a table with as many rows as it may have, so that nothing jumps when they come. */
export function TableSkeleton({ rows, label }: { readonly rows: number; readonly label: string }) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-line bg-surface">
      <span className="sr-only">{label}</span>
      <div className="h-9 border-b border-line bg-sunken" />
      {Array.from({ length: rows }, (_, at) => (
        <div key={at} className="flex h-row items-center gap-6 border-b border-line px-3 last:border-b-0">
          <Skeleton className="h-2.5 w-28" />
          <Skeleton className="h-2.5 w-44" />
          <Skeleton className="hidden h-2.5 flex-1 sm:block" />
          <Skeleton className="h-2.5 w-16" />
        </div>
      ))}
    </div>
  );
}
