import { OutsideText } from '@postern/console-ui';

/** A reverse-path; the null one is shown as the standard writes it. */
export function ReversePath({ path }: { readonly path: string }) {
  if (path !== '') return <OutsideText text={path} />;
  return (
    <span title="The null reverse-path: nothing is sent back about this message" className="text-ink-soft">
      &lt;&gt;
    </span>
  );
}
