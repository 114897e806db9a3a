'use client';

import { useRouter } from 'next/navigation';
import type { Page, Suspension } from '@postern/admin-contract';
import { SuspensionFilter } from '../../../features/suspension/suspension-filter.tsx';
import { SuspensionList } from '../../../features/suspension/suspension-list.tsx';
import { type QueuesSearch, suspensionsPath } from './search-params.ts';

/** The suspensions above the queues; which ones, and in which order, the address says. */
export function Suspensions(props: {
  readonly page: Page<Suspension>;
  readonly search: QueuesSearch;
  readonly mayCommand: boolean;
}) {
  const { page, search, mayCommand } = props;
  const router = useRouter();
  return (
    <SuspensionList
      page={page}
      query={search.suspensions}
      mayCommand={mayCommand}
      filter={
        <SuspensionFilter
          query={search.suspensions}
          onChange={(change) => router.replace(suspensionsPath(search, change), { scroll: false })}
        />
      }
    />
  );
}
