import { classNames } from '../class-names.ts';
import { showControls } from './show-controls.ts';

/** Words of a remote host or of a person, kept to the letter: fixed width, lines as they were, long words broken. */
export function Verbatim({ text, className }: { readonly text: string; readonly className?: string }) {
  return (
    <code
      dir="ltr"
      className={classNames(
        'block font-mono text-xs break-words whitespace-pre-wrap [overflow-wrap:anywhere]',
        className,
      )}
    >
      {showControls(text)}
    </code>
  );
}
