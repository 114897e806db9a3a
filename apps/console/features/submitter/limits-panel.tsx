'use client';

import { useState } from 'react';
import type { SubmitterUsage } from '@postern/admin-contract';
import {
  Button,
  classNames,
  formatCount,
  formatCountOf,
  formatOctets,
  Panel,
  TONE_FILL,
  type Tone,
} from '@postern/console-ui';
import { LIMIT_WORDS, type LimitName } from './limit-words.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import type { Submitter, SubmitterEdits } from './submitter.ts';

/** The limits that a submitter has, and how much of each is used now. */
export function LimitsPanel(props: {
  readonly submitter: Submitter;
  readonly usage: SubmitterUsage | undefined;
  /** Undefined: the viewer may not change it. */
  readonly edits: SubmitterEdits | undefined;
  readonly onDone: () => void;
}) {
  const { submitter, usage, edits, onDone } = props;
  const [editing, setEditing] = useState(false);
  const set = LIMIT_WORDS.filter(({ name }) => submitter.limits[name] !== null);
  return (
    <Panel
      title="Limits and what is used of them"
      aside={edits && <Button onClick={() => setEditing(true)}>Change the limits</Button>}
    >
      {set.length === 0 ? (
        <p className="px-4 py-3.5 text-ink-soft">
          Nothing is limited, so nothing is counted either. A limit keeps a stolen secret from sending without end.
        </p>
      ) : (
        <ul className="grid gap-x-8 gap-y-3.5 px-4 py-3.5 text-sm sm:grid-cols-2">
          {set.map(({ name, word }) => (
            <Limit key={name} word={word} name={name} limit={submitter.limits[name] ?? 0} used={usedOf(usage, name)} />
          ))}
        </ul>
      )}
      {usage && (
        <p className="border-t border-line px-4 py-2.5 text-xs text-ink-soft tabular-nums">
          {formatCountOf(usage.waiting, 'recipient', 'recipients')} of its mail{' '}
          {usage.waiting === 1 ? 'waits or is' : 'wait or are'} held. This hour:{' '}
          {formatCountOf(usage.hour.messages, 'message', 'messages')},{' '}
          {formatCountOf(usage.hour.recipients, 'recipient', 'recipients')}.
        </p>
      )}
      {editing && edits && <LimitsDialog edits={edits} onDone={onDone} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

/** How full a limit may be before that is said in another colour. */
const NEARLY = 0.8;

function Limit(props: {
  readonly word: string;
  readonly name: LimitName;
  readonly limit: number;
  readonly used: number | undefined;
}) {
  const { word, name, limit, used } = props;
  const most = name === 'maxMessageOctets' ? formatOctets(limit) : formatCount(limit);
  if (used === undefined)
    return (
      <li className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft">{word}</span>
        <span className="font-medium tabular-nums">at most {most}</span>
      </li>
    );
  const full = used >= limit;
  return (
    <li>
      <p className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft">{word}</span>
        <span className="tabular-nums">
          <span className={classNames('font-medium', full && 'text-bad')}>{formatCount(used)}</span>
          <span className="text-ink-soft"> of {most}</span>
        </span>
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden className="mt-1 block h-1.5 w-full rounded-full">
        <rect width="100" height="4" className="fill-line" />
        <rect width={(100 * Math.min(used, limit)) / limit} height="4" className={TONE_FILL[toneOf(used / limit)]} />
      </svg>
      {full && <p className="mt-0.5 text-xs font-medium text-bad">Full: more is refused for now, and comes back.</p>}
    </li>
  );
}

function toneOf(part: number): Tone {
  if (part >= 1) return 'bad';
  return part >= NEARLY ? 'wait' : 'move';
}

/** What is counted against a limit; undefined for those that each message or recipient list is held against alone. */
function usedOf(usage: SubmitterUsage | undefined, name: LimitName): number | undefined {
  if (!usage || name === 'maxMessageOctets' || name === 'maxRecipients') return undefined;
  return usage.used[name] ?? undefined;
}
