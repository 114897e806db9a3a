import { DetailLoading } from '../../../../features/shell/detail-loading.tsx';

export default function Loading() {
  return <DetailLoading label="Loading the route" />;
}
