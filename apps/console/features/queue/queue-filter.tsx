'use client';

import { SearchBox } from '../table/search-box.tsx';
import { Choice } from '../table/choice.tsx';

interface Filter {
  readonly show: string;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
}

/** Chooses which queues are shown. */
export function QueueFilter(props: {
  readonly search: Filter;
  readonly onChange: (change: { show?: string; kind?: string | undefined; name?: string | undefined }) => void;
}) {
  const { search, onChange } = props;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox
        className="max-sm:basis-full sm:max-w-md"
        label="Queues whose name contains"
        placeholder="Name contains…"
        value={search.name ?? ''}
        maxLength={255}
        onSearch={(name) => onChange({ name: name || undefined })}
      />
      <Choice
        label="Kind"
        value={search.kind ?? ''}
        onChange={(kind) => onChange({ kind: kind || undefined })}
        options={[
          ['', 'Any kind'],
          ['site', 'Sites'],
          ['route', 'Routes'],
          ['unresolved', 'Unresolved'],
        ]}
      />
      <Choice
        label="Which queues"
        value={search.show}
        onChange={(show) => onChange({ show })}
        options={[
          ['waiting', 'With mail waiting'],
          ['all', 'All, also empty'],
        ]}
      />
    </div>
  );
}
