import { Check, CircleHelp, Info, TriangleAlert, X } from 'lucide-react';
import type { CheckLine } from '@postern/admin-contract';
import { classNames, TONE_TEXT, type Tone } from '@postern/console-ui';

const MARKS = {
  pass: { icon: Check, tone: 'good', word: 'good' },
  warn: { icon: TriangleAlert, tone: 'wait', word: 'careful' },
  fail: { icon: X, tone: 'bad', word: 'wrong' },
  unknown: { icon: CircleHelp, tone: 'late', word: 'not known' },
  info: { icon: Info, tone: 'move', word: 'for information' },
} as const satisfies Record<CheckLine['status'], { icon: typeof Check; tone: Tone; word: string }>;

/** How a check ended: its word, its shape and its colour. */
export function CheckMark({ status }: { readonly status: CheckLine['status'] }) {
  const { icon: Icon, tone, word } = MARKS[status];
  return (
    <span className={classNames('inline-flex items-baseline gap-1.5 font-medium whitespace-nowrap', TONE_TEXT[tone])}>
      <Icon aria-hidden className="size-3.5 self-center" strokeWidth={2.25} />
      {word}
    </span>
  );
}
