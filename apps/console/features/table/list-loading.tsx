import { Skeleton, TableSkeleton } from '@postern/console-ui';

/** Holds the place of a list's page. */
export function ListLoading({ label }: { readonly label: string }) {
  return (
    <>
      <Skeleton className="mt-1 mb-3 h-5 w-32" />
      <Skeleton className="mb-5 h-3 w-64" />
      <TableSkeleton rows={12} label={label} />
    </>
  );
}
