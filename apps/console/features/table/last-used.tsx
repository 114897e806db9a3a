import { Instant } from '@postern/console-ui';
import type { Column } from './data-table.tsx';

interface Used {
  readonly lastUsedAt: string | null;
  readonly lastUsedFrom: string | null;
}

/** The column of when something that signs in was last used, and from where. */
export const LAST_USED: Column<Used> = {
  key: 'used',
  heading: 'Last used',
  narrow: 'line',
  onCard: 'last used',
  className: 'text-ink-soft',
  cell: ({ lastUsedAt, lastUsedFrom }) => {
    if (!lastUsedAt) return 'never';
    return (
      <>
        <Instant at={lastUsedAt} />
        {lastUsedFrom && <span className="whitespace-nowrap"> from {lastUsedFrom}</span>}
      </>
    );
  },
};
