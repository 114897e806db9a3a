import { Skeleton } from '@postern/console-ui';

/** Holds the place of the page of one thing: the way back, its name, and what is known of it. */
export function DetailLoading({ label }: { readonly label: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <Skeleton className="mt-1 mb-3 h-4 w-24" />
      <Skeleton className="mb-5 h-6 w-56" />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <Skeleton className="h-64 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
    </div>
  );
}
