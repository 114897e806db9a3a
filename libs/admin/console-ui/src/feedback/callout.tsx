import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { TONE_GROUND, TONE_TEXT, type Tone } from '../states/tone.ts';

const ICONS = { bad: CircleAlert, wait: TriangleAlert, move: Info, good: CircleCheck } as const;

/** Something that the reader should know: what it is, and below it what to do. `bad` is read aloud at once. */
export function Callout(props: {
  readonly tone: Extract<Tone, 'bad' | 'wait' | 'move' | 'good'>;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly className?: string;
}) {
  const Icon = ICONS[props.tone];
  return (
    <div
      role={props.tone === 'bad' ? 'alert' : 'status'}
      className={classNames(
        'flex gap-2.5 rounded-md border px-3 py-2.5 text-sm',
        TONE_GROUND[props.tone],
        props.className,
      )}
    >
      <Icon aria-hidden className={classNames('mt-px size-4 shrink-0', TONE_TEXT[props.tone])} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{props.title}</p>
        {props.children && <div className="mt-0.5 text-ink-soft">{props.children}</div>}
      </div>
    </div>
  );
}
