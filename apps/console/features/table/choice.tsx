'use client';

import { ChevronDown } from 'lucide-react';
import { classNames } from '@postern/console-ui';

/** A choice above a table, drawn by the system; what it is about is read aloud. */
export function Choice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly (readonly [value: string, word: string])[];
  readonly className?: string;
}) {
  return (
    <span className={classNames('relative inline-flex items-center max-sm:basis-[calc(50%-0.25rem)]', props.className)}>
      <select
        aria-label={props.label}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-8 w-full appearance-none rounded-md border border-line-control bg-surface pr-8 pl-2.5 text-sm hover:bg-hover pointer-coarse:h-11 pointer-coarse:text-[1rem]"
      >
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2.5 size-4 text-ink-soft" />
    </span>
  );
}
