import { Ban, Check, Clock } from 'lucide-react';
import type { ApiKey } from '@postern/admin-contract';
import { Instant, OutsideText, TonedWord, type Tone } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { LAST_USED } from '../table/last-used.tsx';
import { RevokeApiKey } from './revoke-api-key.tsx';

const STATES = {
  active: { icon: Check, tone: 'good' },
  expired: { icon: Clock, tone: 'late' },
  revoked: { icon: Ban, tone: 'idle' },
} as const satisfies Record<ApiKey['state'], { icon: typeof Ban; tone: Tone }>;

/** The columns of the table of API keys. */
export function apiKeyColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<ApiKey>[] {
  return [
    {
      key: 'name',
      heading: 'Name',
      narrow: 'lead',
      cell: ({ name }) => (
        <span className="block font-medium break-words md:max-w-56 md:truncate">
          <OutsideText text={name} />
        </span>
      ),
    },
    {
      key: 'state',
      heading: 'State',
      narrow: 'line',
      cell: ({ state }) => <TonedWord {...STATES[state]} word={state} />,
    },
    {
      key: 'permissions',
      heading: 'May',
      narrow: 'line',
      className: 'md:w-[36%] md:max-w-0',
      cell: ({ permissions }) => (
        <span title={permissions.join('\n')} className="block truncate">
          {permissions.join(', ')}
        </span>
      ),
    },
    LAST_USED,
    {
      key: 'expires',
      heading: 'Expires',
      narrow: 'hidden',
      from: 'lg',
      className: 'text-ink-soft',
      cell: ({ expiresAt }) => (expiresAt ? <Instant at={expiresAt} /> : 'never'),
    },
    {
      key: 'created',
      heading: 'Made',
      narrow: 'hidden',
      from: 'xl',
      className: 'text-ink-soft',
      cell: ({ createdAt, createdBy }) => (
        <>
          <Instant at={createdAt} /> by <OutsideText text={createdBy} />
        </>
      ),
    },
    ...commandsColumn<ApiKey>(options.mayWrite, (apiKey) => <RevokeApiKey apiKey={apiKey} onDone={options.onDone} />),
  ];
}
