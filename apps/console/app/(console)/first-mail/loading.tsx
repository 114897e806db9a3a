import { Skeleton, TableSkeleton } from '@postern/console-ui';

export default function Loading() {
  return (
    <>
      <Skeleton className="mt-1 mb-3 h-5 w-32" />
      <Skeleton className="mb-5 h-3 w-64" />
      <TableSkeleton rows={6} label="Looking how far the first mail is" />
    </>
  );
}
