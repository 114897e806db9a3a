import { TableSkeleton } from '@postern/console-ui';
import { PageHeading } from '../../../features/shell/page-heading.tsx';

export default function Loading() {
  return (
    <>
      <PageHeading title="Your account" />
      <TableSkeleton rows={6} label="Your account" />
    </>
  );
}
