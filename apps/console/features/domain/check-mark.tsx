import { Check, CircleHelp, Info, TriangleAlert, X } from 'lucide-react';
import type { CheckLine } from '@postern/admin-contract';
import { TonedWord, type Tone } from '@postern/console-ui';

const MARKS = {
  pass: { icon: Check, tone: 'good', word: 'good' },
  warn: { icon: TriangleAlert, tone: 'wait', word: 'careful' },
  fail: { icon: X, tone: 'bad', word: 'wrong' },
  unknown: { icon: CircleHelp, tone: 'late', word: 'not known' },
  info: { icon: Info, tone: 'move', word: 'for information' },
} as const satisfies Record<CheckLine['status'], { icon: typeof Check; tone: Tone; word: string }>;

/** How a check ended: its word, its shape and its colour. */
export function CheckMark({ status }: { readonly status: CheckLine['status'] }) {
  return <TonedWord {...MARKS[status]} />;
}
