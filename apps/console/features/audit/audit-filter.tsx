'use client';

import { Choice } from '../table/choice.tsx';
import { SearchBox } from '../table/search-box.tsx';

const NOUNS = [
  'account',
  'api-key',
  'bounce-rules',
  'bounces',
  'credential',
  'domain',
  'event',
  'identity',
  'invitation',
  'message',
  'network',
  'operation',
  'pool-rule',
  'queue',
  'retry-plan',
  'route',
  'saved-view',
  'session',
  'source',
  'suppression',
  'suspension',
  'tls-report',
  'tls-rule',
] as const;

const SPANS = [
  ['', 'At any time'],
  ['1', 'In the last day'],
  ['7', 'In the last 7 days'],
  ['30', 'In the last 30 days'],
] as const;

interface Change {
  readonly subject?: string | undefined;
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly after?: string | undefined;
}

/** Chooses which entries are shown: those about one thing, of one noun, by one person, since a time. */
export function AuditFilter(props: {
  readonly subject: string;
  readonly action: string;
  readonly actor: string;
  readonly after: string | undefined;
  readonly onChange: (change: Change) => void;
}) {
  const { onChange, after } = props;
  const known: readonly string[] = NOUNS;
  const chosen = props.action !== '' && !known.includes(props.action) ? [props.action] : [];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <SearchBox
        className="max-sm:basis-full sm:max-w-xs"
        label="What was done to"
        placeholder="The name or id of what it was done to"
        value={props.subject}
        maxLength={320}
        onSearch={(subject) => onChange({ subject: subject || undefined })}
      />
      <SearchBox
        className="max-sm:basis-full sm:max-w-xs"
        label="Who did it"
        placeholder="Who did it: an e-mail address"
        value={props.actor}
        maxLength={254}
        onSearch={(actor) => onChange({ actor: actor || undefined })}
      />
      <Choice
        label="Noun"
        value={props.action}
        onChange={(action) => onChange({ action: action || undefined })}
        options={[['', 'Anything'], ...[...NOUNS, ...chosen].map((noun) => [noun, noun.replaceAll('-', ' ')] as const)]}
      />
      <Choice
        label="When"
        value={after ?? ''}
        onChange={(days) => onChange({ after: days === '' ? undefined : daysAgo(Number(days)) })}
        options={[...SPANS, ...(after ? [[after, `Since ${after.slice(0, 16).replace('T', ' ')} UTC`] as const] : [])]}
      />
    </div>
  );
}

/** To the minute, so that the address of the page can be read. */
function daysAgo(days: number): string {
  return `${new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 16)}:00.000Z`;
}
