'use client';

import { Button, CopyButton, Dialog } from '@postern/console-ui';

/** Recovery codes, shown this once. */
export function RecoveryCodesDialog(props: {
  readonly title: string;
  readonly says: string;
  readonly codes: readonly string[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={props.title} says={props.says} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <div className="rounded-md border border-line bg-sunken">
          <div className="flex items-center justify-between border-b border-line py-1 pr-1 pl-3">
            <span className="text-xs text-ink-soft">Each signs in once, in place of a code of the app.</span>
            <CopyButton text={props.codes.join('\n')} label="Copy all recovery codes" />
          </div>
          <ul
            className="grid grid-cols-1 gap-x-6 gap-y-1 px-3 py-2.5 font-mono text-sm sm:grid-cols-2"
            aria-label="Recovery codes"
          >
            {props.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </div>
        <Button kind="primary" className="self-end" onClick={props.onClose}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}
