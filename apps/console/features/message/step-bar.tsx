import { formatStep } from '@postern/console-ui';

const SHADES = ['fill-accent', 'fill-accent/70', 'fill-accent/45', 'fill-accent/25'] as const;

/** How long each step of an attempt took: a bar of their shares, and the figures in words. */
export function StepBar({ stepsMs }: { readonly stepsMs: Readonly<Record<string, number>> }) {
  const steps = Object.entries(stepsMs).filter(([, ms]) => ms >= 0);
  const total = steps.reduce((sum, [, ms]) => sum + ms, 0);
  if (steps.length === 0 || total <= 0) return null;
  return (
    <div className="mt-2 text-2xs text-ink-soft">
      <svg
        viewBox="0 0 1000 6"
        preserveAspectRatio="none"
        aria-hidden
        className="block h-1 w-full max-w-xl rounded-full"
      >
        {steps.map(([name, ms], at) => {
          const before = steps.slice(0, at).reduce((sum, [, each]) => sum + each, 0);
          return (
            <rect
              key={name}
              x={(before / total) * 1000}
              width={Math.max(2, (ms / total) * 1000 - 2)}
              height="6"
              className={SHADES[at % SHADES.length]}
            />
          );
        })}
      </svg>
      <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 tabular-nums">
        {steps.map(([name, ms]) => (
          <li key={name}>
            {name} <span className="text-ink">{formatStep(ms)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
