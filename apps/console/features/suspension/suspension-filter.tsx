'use client';

import { type ROUTES, type ParsedRequestOf, SUSPENDED } from '@postern/admin-contract';
import { Choice } from '../table/choice.tsx';
import { SCOPE_WORDS } from './words.ts';

type Query = ParsedRequestOf<typeof ROUTES.listSuspensions>['query'];

/** Chooses which suspensions are shown, and in which order. */
export function SuspensionFilter(props: {
  readonly query: Query;
  readonly onChange: (change: Partial<Query>) => void;
}) {
  const { query, onChange } = props;
  return (
    <div className="flex flex-wrap gap-2">
      <Choice
        label="What is suspended"
        value={query.scope ?? ''}
        onChange={(given) => onChange({ scope: SUSPENDED.find((scope) => scope === given) })}
        options={[['', 'Whatever it is'], ...SUSPENDED.map((scope) => [scope, SCOPE_WORDS[scope]] as const)]}
      />
      <Choice
        label="Order of suspensions"
        value={query.order}
        onChange={(given) => onChange({ order: given === 'ascending' ? given : 'descending' })}
        options={[
          ['descending', 'Latest first'],
          ['ascending', 'Oldest first'],
        ]}
      />
    </div>
  );
}
