import { ListLoading } from '../../../../features/table/list-loading.tsx';

export default function Loading() {
  return <ListLoading label="Loading returned reports" />;
}
