import { classNames } from '../class-names.ts';
import { TONE_FILL, type Tone } from '../states/tone.ts';

/** A share as a bar up to `top`, with lines where it begins to matter; what the lines mean is said beside it. */
export function Meter(props: {
  readonly label: string;
  readonly share: number;
  readonly top: number;
  readonly tone: Tone;
  readonly lines?: readonly { readonly at: number; readonly tone: Tone }[];
}) {
  const { label, share, top, tone, lines = [] } = props;
  const place = (each: number) => `${Math.min(100, (each / top) * 100)}%`;
  return (
    <svg
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(top * 1000) / 10}
      aria-valuenow={Math.min(Math.round(share * 1000), Math.round(top * 1000)) / 10}
      aria-valuetext={formatShare(share)}
      className="block h-3 w-full"
    >
      <rect y="25%" width="100%" height="50%" rx="3" className="fill-line" />
      <rect y="25%" width={place(share)} height="50%" rx="3" className={TONE_FILL[tone]} />
      {lines.map((line) => (
        <rect
          key={line.at}
          x={place(line.at)}
          width="2"
          height="100%"
          className={classNames(TONE_FILL[line.tone], 'stroke-surface')}
        />
      ))}
    </svg>
  );
}

const fine = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 2 });
const plain = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 1 });

/** A share as one reads it: `98.4%`, small ones with two places: `0.12%`. */
export function formatShare(share: number): string {
  return (share < 0.01 ? fine : plain).format(share);
}
