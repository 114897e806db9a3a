'use client';

import { Choice } from '../table/choice.tsx';
import { SearchBox } from '../table/search-box.tsx';

const NOUNS = ['credential', 'network', 'route', 'queue', 'message', 'operation', 'account', 'session'] as const;

/** Chooses which entries are shown: those about one thing, and those of one noun. */
export function AuditFilter(props: {
  readonly subject: string;
  readonly action: string;
  readonly onChange: (change: { readonly subject?: string; readonly action?: string }) => void;
}) {
  const known: readonly string[] = NOUNS;
  const chosen = props.action !== '' && !known.includes(props.action) ? [props.action] : [];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox
        className="max-sm:basis-full sm:max-w-md"
        label="What was done to"
        placeholder="The name or id of what it was done to"
        value={props.subject}
        maxLength={320}
        onSearch={(subject) => props.onChange({ subject })}
      />
      <Choice
        label="Noun"
        value={props.action}
        onChange={(action) => props.onChange({ action })}
        options={[['', 'Anything'], ...[...NOUNS, ...chosen].map((noun) => [noun, noun] as const)]}
      />
    </div>
  );
}
