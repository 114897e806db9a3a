import { Skeleton, TableSkeleton } from '@postern/console-ui';

export default function Loading() {
  return (
    <>
      <Skeleton className="mt-1 mb-3 h-5 w-32" />
      <Skeleton className="mb-5 h-3 w-64" />
      <Skeleton className="mb-4 h-64 w-full" />
      <TableSkeleton rows={8} label="Loading bounces" />
    </>
  );
}
