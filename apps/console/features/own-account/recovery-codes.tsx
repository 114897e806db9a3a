'use client';

import { Button, CopyButton, Dialog } from '@postern/console-ui';

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex items-center justify-between border-b border-line py-1 pr-1 pl-3">
        <span className="text-xs text-ink-soft">Each signs in once, in place of a code of the app.</span>
        <CopyButton text={codes.join('\n')} label="Copy all recovery codes" />
      </div>
      <ul
        className="grid grid-cols-1 gap-x-6 gap-y-1 px-3 py-2.5 font-mono text-sm sm:grid-cols-2"
        aria-label="Recovery codes"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </div>
  );
}

export function RecoveryCodesDialog(props: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title="Recovery codes"
      says="This is the only time that they are shown. Keep them where you keep passwords, not on the telephone with the app."
    >
      <div className="flex flex-col gap-4">
        <RecoveryCodes codes={props.codes} />
        <Button kind="primary" className="self-end" onClick={props.onClose}>
          I have kept them
        </Button>
      </div>
    </Dialog>
  );
}
