'use client';

import { useEffect, useState } from 'react';
import type { Operation } from '@postern/admin-contract';
import { Callout, formatCount, formatCountOf, OutsideText } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';

const LOOK_EVERY_MS = 1_000;

/** How far an operation has come, kept up to date until it has ended. */
export function useProgress(initial: Operation): Operation {
  const [operation, setOperation] = useState(initial);
  const running = operation.state === 'running';
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => {
      void browserApi.showOperation({ params: { id: initial.id } }).then((result) => {
        if ('ok' in result) setOperation(result.ok);
      });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [initial.id, running]);
  return operation;
}

/** The bar of an operation with its figures, and how it ended. */
export function Progress({ operation }: { readonly operation: Operation }) {
  const { moved, expected, state } = operation;
  const all = Math.max(expected, moved);
  return (
    <div className="flex flex-col gap-2 text-sm">
      <progress
        value={state === 'done' ? 1 : moved}
        max={state === 'done' ? 1 : Math.max(all, 1)}
        aria-label="Progress"
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
      />
      <p aria-live="polite" className="tabular-nums">
        {wordOf(state)}: {formatCount(moved)} of {formatCountOf(all, 'recipient', 'recipients')}
      </p>
      {operation.fault && (
        <Callout tone={state === 'failed' ? 'bad' : 'wait'} title={state === 'failed' ? 'It failed' : 'It tries again'}>
          <OutsideText text={operation.fault} />
        </Callout>
      )}
    </div>
  );
}

function wordOf(state: Operation['state']): string {
  return { running: 'Under way', done: 'Done', cancelled: 'Ended before its time', failed: 'Failed' }[state];
}
