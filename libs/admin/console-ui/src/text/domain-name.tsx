import { OutsideText } from './outside-text.tsx';
import { uLabelsOf } from './u-labels.ts';

/** A domain in its own script where that is safe, and then with its A-labels beside it. */
export function DomainName({ name }: { readonly name: string }) {
  const shown = uLabelsOf(name);
  if (shown === undefined) return <OutsideText text={name} />;
  return (
    <>
      <OutsideText text={shown} />{' '}
      <span className="text-xs font-normal tracking-normal text-ink-soft [overflow-wrap:anywhere]">
        <OutsideText text={name} />
      </span>
    </>
  );
}
