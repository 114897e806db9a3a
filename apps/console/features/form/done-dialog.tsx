import type { ReactNode } from 'react';
import { Button, Callout, Dialog } from '@postern/console-ui';

/** Says that it was done and what came of it, where a form that is only gone would leave that open. */
export function DoneDialog(props: {
  readonly title: string;
  readonly done: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <Callout tone="good" title={props.done}>
          {props.children}
        </Callout>
        <Button kind="primary" className="self-end" onClick={props.onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
