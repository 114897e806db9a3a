import { CopyButton } from '@postern/console-ui';

/** Something to copy into a terminal or a file. */
export function Snippet({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      {/* It scrolls sideways, so the keyboard must be able to reach it (WCAG 2.1.1). */}
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className="overflow-x-auto p-3 pr-11 font-mono text-xs text-ink"
      >
        {text}
      </pre>
      <span className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={text} label={`Copy ${label}`} />
      </span>
    </div>
  );
}
