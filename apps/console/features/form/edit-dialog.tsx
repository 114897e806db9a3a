'use client';

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Answer, CallOptions, Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog, Skeleton } from '@postern/console-ui';
import { ChangedNotice, type Clash } from './changed-notice.tsx';
import { changesBetween, type Told } from './told.ts';
import { changedSince, writeAgain, writtenIn, type Written } from './written.ts';

/** What a form was filled from, and with which version. */
interface Seen<Shown> {
  readonly shown: Shown;
  readonly version: string;
  readonly at: number;
  /** The how manieth look it was: the fields are made anew for each. */
  readonly look: number;
  /** What was written into the fields before, and is written into them again. */
  readonly written: Written;
}

/**
 * A form over the page that changes a thing which others may change too.
 *
 * It is filled from the thing as it is when the form opens, and sends that version along. Who is too late sees who did
 * what and what it is now, loses nothing of what they wrote, and decides. What was changed beside the form's own fields
 * is nobody's concern: the change is sent again.
 */
export function EditDialog<Shown, Done>(props: {
  readonly title: string;
  readonly says: string;
  readonly verb: string;
  readonly busy: string;
  /** Asks for the thing, with its version. */
  readonly show: () => Promise<Result<Shown>>;
  /** The fields of the form as they stand in the thing. */
  readonly tells: (shown: Shown) => readonly Told[];
  readonly submit: (form: FormData, options: CallOptions, shown: Shown) => Promise<Result<Done>>;
  readonly onDone: (done: Done) => void;
  readonly onClose: () => void;
  readonly children: (shown: Shown, problem: Problem | undefined) => ReactNode;
}) {
  const [seen, setSeen] = useState<Seen<Shown> | undefined>(undefined);
  const [clash, setClash] = useState<Clash | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const asShown = useRef<Written>(new Map());

  const look = async (written: Written): Promise<Seen<Shown> | undefined> => {
    const result = await props.show();
    if ('problem' in result) {
      setProblem(result.problem);
      return undefined;
    }
    const next = { ...seenIn(result), look: (seen?.look ?? 0) + 1, written };
    setSeen(next);
    return next;
  };
  const first = useEffectEvent(() => void look(new Map()));
  useEffect(() => first(), []);

  useLayoutEffect(() => {
    if (!seen || !form.current) return;
    asShown.current = writtenIn(form.current);
    writeAgain(form.current, seen.written);
    if (seen.look === 1) form.current.querySelector<HTMLElement>('input, textarea, select')?.focus();
  }, [seen]);

  const send = async (given: FormData, from: Seen<Shown>): Promise<void> => {
    const result = await props.submit(given, { headers: { 'if-match': from.version } }, from.shown);
    if ('ok' in result) return props.onDone(result.ok);
    if (result.problem.code !== 'precondition-failed' || !form.current) return setProblem(result.problem);
    const written = changedSince(asShown.current, writtenIn(form.current));
    const now = await look(written);
    if (!now) return;
    const changes = changesBetween(props.tells(from.shown), props.tells(now.shown));
    if (changes.length === 0) return send(given, now);
    const by = (result.problem.changes ?? []).filter(({ at }) => Date.parse(at) >= from.at);
    setProblem(undefined);
    setClash({ by, changes, written: new Set(written.keys()) });
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!seen) return;
    setAsking(true);
    await send(new FormData(event.currentTarget), seen);
    setAsking(false);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()} title={props.title} says={props.says}>
      <form ref={form} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {problem && !problem.errors && (
          <Callout tone="bad" title={problem.title}>
            {problem.detail}
          </Callout>
        )}
        {clash && (
          <ChangedNotice
            clash={clash}
            onTake={() => {
              setClash(undefined);
              void look(new Map());
            }}
          />
        )}
        {seen ? (
          <div key={seen.look} className="contents">
            {props.children(seen.shown, problem)}
          </div>
        ) : (
          !problem && <Waiting />
        )}
        <div className="flex flex-row-reverse gap-2">
          <Button kind="primary" type="submit" disabled={asking || !seen}>
            {asking ? props.busy : props.verb}
          </Button>
          <Button onClick={props.onClose}>Leave it</Button>
        </div>
      </form>
    </Dialog>
  );
}

function seenIn<Shown>({ ok, headers }: Answer<Shown>) {
  // Both instants are of the server's clock; that of an answer tells whole seconds.
  return { shown: ok, version: headers.get('etag') ?? '*', at: Date.parse(headers.get('date') ?? '') || 0 };
}

function Waiting() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">Asking how it is now</span>
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-16" />
    </div>
  );
}
