const STEP = 4;
const HEIGHT = 100;
/** What happened at all is seen, however small its share. */
const LEAST = 7;

/**
 * A trend in a row of a table: what went well stands on the line, what did not hangs below it, both on one scale. Told apart
 * by place as much as by colour, and in words to those who hear the page.
 */
export function TrendBars(props: {
  readonly label: string;
  readonly good: readonly number[];
  readonly bad: readonly number[];
}) {
  const { label, good, bad } = props;
  const [above, below] = [Math.max(...good, 0), Math.max(...bad, 0)];
  const line = above + below === 0 ? HEIGHT : (HEIGHT * above) / (above + below);
  const unit = HEIGHT / Math.max(1, above + below);
  const height = (value: number) => Math.max(value * unit, LEAST);
  const place = (at: number) => ({ x: at * STEP + 0.5, width: STEP - 1 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 ${-LEAST} ${good.length * STEP} ${HEIGHT + 2 * LEAST}`}
      preserveAspectRatio="none"
      className="inline-block h-6 w-24 align-middle"
    >
      <title>{label}</title>
      <path
        d={`M0 ${line}H${good.length * STEP}`}
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
        className="stroke-line"
      />
      {good.map((value, at) =>
        value === 0 ? null : (
          <rect key={at} {...place(at)} y={line - height(value)} height={height(value)} className="fill-good" />
        ),
      )}
      {bad.map((value, at) =>
        value === 0 ? null : <rect key={at} {...place(at)} y={line} height={height(value)} className="fill-bad" />,
      )}
    </svg>
  );
}
