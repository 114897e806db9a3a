'use client';

import { useEffect, useState } from 'react';
import type { Operation, OperationCount, OperationKind, Problem } from '@postern/admin-contract';
import { Button, Dialog, DialogFooter, formatCountOf } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { faultOf } from '../form/fault-of.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { reasonOf, textOf } from '../form/read-form.ts';
import { ReasonField } from '../form/reason-field.tsx';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { Progress, useProgress } from './progress.tsx';
import { RouteField } from './route-field.tsx';
import { OPERATION_WORDS } from './words.ts';

/** Counts first, asks why, starts the operation, and stays with it until it has ended or is left to go on by itself. */
export function BulkDialog(props: {
  readonly kind: OperationKind;
  readonly query: string;
  /** What the query finds, where it has a name. */
  readonly what?: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { kind, query, onClose, onDone } = props;
  const words = OPERATION_WORDS[kind];
  const [count, setCount] = useState<OperationCount | undefined>(undefined);
  const [uncounted, setUncounted] = useState<Problem | undefined>(undefined);
  useEffect(() => {
    void browserApi.countOperation({ body: { kind, query } }).then((result) => {
      if ('ok' in result) setCount(result.ok);
      else setUncounted(result.problem);
    });
  }, [kind, query]);
  const frame = { title: `${words.verb}: ${props.what ?? query}`, says: words.says };
  return (
    <FormDialog
      {...frame}
      verb={verbOf(words.verb, count)}
      busy="Asking…"
      kind={words.harm ? 'danger' : 'primary'}
      ready={count !== undefined && count.recipients > 0}
      submit={(form) => {
        const route = textOf(form, 'route') || null;
        return browserApi.startOperation({ body: { kind, query, route, ...reasonOf(form) } });
      }}
      onClose={onClose}
      shows={(operation) => (
        <UnderWay
          {...frame}
          operation={operation}
          onClose={() => {
            onDone();
            onClose();
          }}
        />
      )}
    >
      {(problem) => (
        <>
          <ProblemCallout problem={uncounted ?? (problem?.errors && problem)} />
          <p className="text-sm" aria-live="polite">
            {count ? sayCount(count) : !uncounted && 'Counting…'}
          </p>
          {kind === 'reroute' && <RouteField error={faultOf(problem, 'route')} />}
          <ReasonField required />
        </>
      )}
    </FormDialog>
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

function UnderWay(props: {
  readonly title: string;
  readonly says: string;
  readonly operation: Operation;
  readonly onClose: () => void;
}) {
  const operation = useProgress(props.operation);
  const running = operation.state === 'running';
  return (
    <Dialog title={props.title} says={props.says} onClose={props.onClose}>
      <div className="flex flex-col gap-4">
        <Progress operation={operation} />
        {running && (
          <p className="text-xs text-ink-soft">It goes on when this is closed: Operations shows how far it is.</p>
        )}
        <DialogFooter>
          <Button kind="primary" onClick={props.onClose}>
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
        </DialogFooter>
      </div>
    </Dialog>
  );
}
