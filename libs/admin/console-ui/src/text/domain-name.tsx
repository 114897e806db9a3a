import { Fragment } from 'react';
import { OutsideText } from './outside-text.tsx';
import { uLabelsOf } from './u-labels.ts';

/**
 * A domain in its own script where that is safe, and then with its A-labels beside it. Labels stand from left to right
 * whatever their script, the widest domain last, as in an address bar.
 */
export function DomainName({ name }: { readonly name: string }) {
  const shown = uLabelsOf(name);
  if (shown === undefined) return <OutsideText text={name} />;
  return (
    <>
      <bdi dir="ltr">
        {shown.split('.').map((label, at) => (
          <Fragment key={at}>
            {at > 0 && '.'}
            <bdi>{label}</bdi>
          </Fragment>
        ))}
      </bdi>{' '}
      <span className="text-xs font-normal tracking-normal text-ink-soft [overflow-wrap:anywhere]">
        <OutsideText text={name} />
      </span>
    </>
  );
}
