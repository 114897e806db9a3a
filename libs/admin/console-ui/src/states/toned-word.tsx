import type { ComponentType, SVGProps } from 'react';
import { classNames } from '../class-names.ts';
import { TONE_TEXT, type Tone } from './tone.ts';

/** A state told by its word, its shape and its colour together. */
export function TonedWord(props: {
  readonly icon: ComponentType<SVGProps<SVGSVGElement>>;
  readonly tone: Tone;
  readonly word: string;
}) {
  const Icon = props.icon;
  return (
    <span
      className={classNames('inline-flex items-baseline gap-1.5 font-medium whitespace-nowrap', TONE_TEXT[props.tone])}
    >
      <Icon aria-hidden className="size-3.5 self-center" strokeWidth={2.25} />
      {props.word}
    </span>
  );
}
