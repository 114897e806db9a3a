'use client';

import { VOLUME_RANGES, volumeRange, type VolumeRange } from '@postern/admin-contract';
import { Choice } from '../table/choice.tsx';

const OPTIONS = volumeRange.options.map((range) => [range, sentence(VOLUME_RANGES[range].says)] as const);

/** Chooses how far back a page looks. */
export function RangeChoice(props: { readonly range: VolumeRange; readonly onChange: (range: VolumeRange) => void }) {
  return (
    <span>
      <Choice
        label="How far back"
        value={props.range}
        onChange={(given) => props.onChange(volumeRange.options.find((range) => range === given) ?? '24h')}
        options={OPTIONS}
      />
    </span>
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
