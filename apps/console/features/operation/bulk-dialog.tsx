'use client';

import { useEffect, useState, type FormEvent } from 'react';
import type { Operation, OperationCount, OperationKind, Problem } from '@postern/admin-contract';
import { Button, Dialog, formatCountOf } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { Progress, useProgress } from './progress.tsx';
import { RouteField } from './route-field.tsx';
import { OPERATION_WORDS } from './words.ts';

/** Counts first, asks why, starts the operation, and stays with it until it has ended or is left to go on by itself. */
export function BulkDialog(props: {
  readonly kind: OperationKind;
  readonly query: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { kind, query } = props;
  const words = OPERATION_WORDS[kind];
  const [count, setCount] = useState<OperationCount | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [operation, setOperation] = useState<Operation | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    void browserApi.countOperation({ body: { kind, query } }).then((result) => {
      if ('ok' in result) setCount(result.ok);
      else setProblem(result.problem);
    });
  }, [kind, query]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const route = textOf(form, 'route') || null;
    setAsking(true);
    const result = await browserApi.startOperation({ body: { kind, query, route, ...reasonOf(form) } });
    setAsking(false);
    if ('problem' in result) return setProblem(result.problem);
    setProblem(undefined);
    setOperation(result.ok);
  };
  const close = () => {
    if (operation) props.onDone();
    props.onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title={`${words.verb}: ${query}`} says={words.says}>
      <ProblemCallout problem={problem} className="mb-4" />
      {operation ? (
        <UnderWay operation={operation} onClose={close} />
      ) : (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
          <p className="text-sm" aria-live="polite">
            {count ? sayCount(count) : problem ? '' : 'Counting…'}
          </p>
          {kind === 'reroute' && <RouteField />}
          <ReasonField required />
          <div className="flex flex-row-reverse gap-2">
            <Button
              kind={words.harm ? 'danger' : 'primary'}
              type="submit"
              disabled={asking || !count || count.recipients === 0}
            >
              {asking ? 'Asking…' : verbOf(words.verb, count)}
            </Button>
            <Button onClick={close}>Leave it</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function verbOf(verb: string, count: OperationCount | undefined): string {
  return count && count.recipients > 0
    ? `${verb}: ${formatCountOf(count.recipients, 'recipient', 'recipients')}`
    : verb;
}

function sayCount({ recipients, messages }: OperationCount): string {
  if (recipients === 0) return 'There is no recipient like that for which this applies.';
  const whole = formatCountOf(recipients, 'recipient', 'recipients');
  return `This is for ${whole} of ${formatCountOf(messages, 'message', 'messages')}.`;
}

function UnderWay({ operation: initial, onClose }: { readonly operation: Operation; readonly onClose: () => void }) {
  const operation = useProgress(initial);
  const running = operation.state === 'running';
  return (
    <div className="flex flex-col gap-4">
      <Progress operation={operation} />
      {running && (
        <p className="text-xs text-ink-soft">It goes on when this is closed: Operations shows how far it is.</p>
      )}
      <div className="flex flex-row-reverse gap-2">
        <Button kind="primary" onClick={onClose}>
          {running ? 'Leave it to go on' : 'Close'}
        </Button>
        {running && (
          <Button
            kind="danger"
            onClick={() => void browserApi.cancelOperation({ params: { id: operation.id }, body: {} })}
          >
            Stop it here
          </Button>
        )}
      </div>
    </div>
  );
}
