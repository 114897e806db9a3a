import {
  Ban,
  Check,
  Circle,
  CirclePause,
  Clock3,
  Minus,
  OctagonX,
  Send,
  TimerOff,
  type LucideIcon,
} from 'lucide-react';
import type { RecipientState } from '@postern/admin-contract';
import { classNames } from '../class-names.ts';
import { formatCount } from '../format/count.ts';
import { TONE_TEXT, type Tone } from './tone.ts';

/** The states of a recipient, in the order in which they are shown: what waits, then what has ended. */
export const SHOWN_STATES: readonly RecipientState[] = [
  'queued',
  'sending',
  'deferred',
  'held',
  'delivered',
  'bounced',
  'expired',
  'suppressed',
  'cancelled',
];

interface StateLook {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  /** What the state means, for those who meet it for the first time. */
  readonly says: string;
}

/** How each state looks everywhere: its word is its name, its shape the icon, its colour the tone. */
export const STATE_LOOK: Readonly<Record<RecipientState, StateLook>> = {
  queued: { icon: Circle, tone: 'idle', says: 'waits for its first attempt' },
  sending: { icon: Send, tone: 'move', says: 'is being attempted now' },
  deferred: { icon: Clock3, tone: 'wait', says: 'will be tried again' },
  held: { icon: CirclePause, tone: 'hold', says: 'waits until someone releases it' },
  delivered: { icon: Check, tone: 'good', says: 'the remote host has taken it' },
  bounced: { icon: OctagonX, tone: 'bad', says: 'was refused for good' },
  expired: { icon: TimerOff, tone: 'late', says: 'was tried until its give-up time' },
  suppressed: { icon: Ban, tone: 'idle', says: 'is on the suppression list, and was not tried' },
  cancelled: { icon: Minus, tone: 'idle', says: 'was withdrawn by an operator' },
};

/** A state as word, shape and colour. */
export function StateMark({ state }: { readonly state: RecipientState }) {
  const { icon: Icon, tone, says } = STATE_LOOK[state];
  return (
    <span title={`${state}: ${says}`} className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <Icon aria-hidden className={classNames('size-3.5 shrink-0 self-center', TONE_TEXT[tone])} strokeWidth={2.25} />
      <span className={classNames('font-medium', TONE_TEXT[tone])}>{state}</span>
    </span>
  );
}

/** How many are in each state; states without any are left out. */
export function StateCounts(props: {
  readonly counts: Readonly<Partial<Record<RecipientState, number>>>;
  readonly none: string;
}) {
  const shown = SHOWN_STATES.filter((state) => (props.counts[state] ?? 0) > 0);
  if (shown.length === 0) return <span className="text-ink-faint">{props.none}</span>;
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-3.5 gap-y-0.5">
      {shown.map((state) => (
        <StateCount key={state} state={state} count={props.counts[state] ?? 0} />
      ))}
    </span>
  );
}

/** One state and how many are in it: shape, number, word. */
function StateCount({ state, count }: { readonly state: RecipientState; readonly count: number }) {
  const { icon: Icon, tone, says } = STATE_LOOK[state];
  return (
    <span title={`${state}: ${says}`} className="inline-flex items-baseline gap-1 whitespace-nowrap">
      <Icon aria-hidden className={classNames('size-3.5 shrink-0 self-center', TONE_TEXT[tone])} strokeWidth={2.25} />
      <span className="font-medium tabular-nums">{formatCount(count)}</span>
      <span className={TONE_TEXT[tone]}>{state}</span>
    </span>
  );
}
