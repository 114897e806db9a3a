import { Button, CopyButton, Dialog } from '@postern/console-ui';

/** Names and values to copy, of which some are shown this once. */
export function SecretDialog(props: {
  readonly title: string;
  readonly says: string;
  readonly lines: readonly SecretLine[];
  readonly onClose: () => void;
}) {
  return (
    <Dialog title={props.title} says={props.says} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <SecretLines lines={props.lines} />
        <CopiedButton onDone={props.onClose} />
      </div>
    </Dialog>
  );
}

type SecretLine = readonly [name: string, value: string];

/** The lines alone, where more is to be said below them. */
export function SecretLines({ lines }: { readonly lines: readonly SecretLine[] }) {
  return (
    <div className="rounded-md border border-line bg-sunken">
      {lines.map(([name, value]) => (
        <div key={name} className="flex items-center gap-3 border-b border-line py-1 pr-1 pl-3 last:border-b-0">
          <span className="w-20 shrink-0 text-xs text-ink-soft">{name}</span>
          <code className="min-w-0 flex-1 font-mono text-sm break-all">{value}</code>
          <CopyButton text={value} label={`Copy the ${name.toLowerCase()}`} />
        </div>
      ))}
    </div>
  );
}

/** The way on from a secret that is shown this once. */
export function CopiedButton({ onDone }: { readonly onDone: () => void }) {
  return (
    <Button kind="primary" className="self-end" onClick={onDone}>
      I have copied it
    </Button>
  );
}
