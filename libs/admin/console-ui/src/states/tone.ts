/** What a colour says; each has one token, and no meaning is told by colour alone. */
export type Tone = 'idle' | 'move' | 'wait' | 'hold' | 'good' | 'bad' | 'late';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  idle: 'text-idle',
  move: 'text-move',
  wait: 'text-wait',
  hold: 'text-hold',
  good: 'text-good',
  bad: 'text-bad',
  late: 'text-late',
};

export const TONE_FILL: Readonly<Record<Tone, string>> = {
  idle: 'fill-idle',
  move: 'fill-move',
  wait: 'fill-wait',
  hold: 'fill-hold',
  good: 'fill-good',
  bad: 'fill-bad',
  late: 'fill-late',
};

export const TONE_STROKE: Readonly<Record<Tone, string>> = {
  idle: 'stroke-idle',
  move: 'stroke-move',
  wait: 'stroke-wait',
  hold: 'stroke-hold',
  good: 'stroke-good',
  bad: 'stroke-bad',
  late: 'stroke-late',
};

/** A quiet ground in the tone, for callouts and selected chips. */
export const TONE_GROUND: Readonly<Record<Tone, string>> = {
  idle: 'bg-idle/8 border-idle/30',
  move: 'bg-move/8 border-move/30',
  wait: 'bg-wait/8 border-wait/30',
  hold: 'bg-hold/8 border-hold/30',
  good: 'bg-good/8 border-good/30',
  bad: 'bg-bad/8 border-bad/30',
  late: 'bg-late/8 border-late/30',
};
