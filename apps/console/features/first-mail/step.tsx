import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@postern/console-ui';
import type { StepState } from './steps.ts';

const SAYS: Readonly<Record<StepState, string>> = { done: 'done', now: 'next', later: 'later' };

/** One step of the way: its number, or a tick, its heading, and what there is to do or to see. */
export function Step(props: {
  readonly number: number;
  readonly state: StepState;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { number, state, title } = props;
  return (
    <li
      aria-current={state === 'now' ? 'step' : undefined}
      className="flex gap-3 border-b border-line px-4 py-4 last:border-b-0"
    >
      <span
        className={classNames(
          'flex size-6 shrink-0 items-center justify-center rounded-full text-xs font-semibold tabular-nums',
          state === 'done' && 'bg-accent text-on-accent',
          state === 'now' && 'bg-accent-soft text-accent-strong ring-2 ring-accent',
          state === 'later' && 'bg-sunken text-ink-soft',
        )}
      >
        {state === 'done' ? (
          <Check aria-hidden className="size-3.5" strokeWidth={3} />
        ) : (
          <span aria-hidden>{number}</span>
        )}
        <span className="sr-only">
          Step {number}, {SAYS[state]}
        </span>
      </span>
      <div className="min-w-0 flex-1">
        <h2 className={classNames('text-base font-semibold', state === 'later' && 'text-ink-soft')}>{title}</h2>
        <div className="mt-1.5 text-sm">{props.children}</div>
      </div>
    </li>
  );
}
