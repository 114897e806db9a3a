'use client';

import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { Answer, CallOptions, Result } from '@postern/admin-client';
import type { Problem } from '@postern/admin-contract';
import { Skeleton } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { ChangedNotice, type Clash } from './changed-notice.tsx';
import { FormDialog, type FormFrame } from './form-dialog.tsx';
import { changesBetween, type Told } from './told.ts';
import { changedSince, fieldsIn, writeAgain, writtenIn, type Written } from './written.ts';

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
export function EditDialog<Shown, Done>({
  show,
  tells,
  submit,
  children,
  ...frame
}: FormFrame<Done> & {
  /** Asks for the thing, with its version. */
  readonly show: () => Promise<Result<Shown>>;
  /** The fields of the form as they stand in the thing. */
  readonly tells: (shown: Shown) => readonly Told[];
  readonly submit: (form: FormData, options: CallOptions, shown: Shown) => Promise<Result<Done>>;
  readonly children: (shown: Shown, problem: Problem | undefined) => ReactNode;
}) {
  const [seen, setSeen] = useState<Seen<Shown> | undefined>(undefined);
  const [unseen, setUnseen] = useState<Problem | undefined>(undefined);
  const [clash, setClash] = useState<Clash | undefined>(undefined);
  const fields = useRef<HTMLDivElement>(null);
  const asShown = useRef<Written>(new Map());

  const look = async (written: Written): Promise<Seen<Shown> | undefined> => {
    const result = await show();
    setUnseen('problem' in result ? result.problem : undefined);
    if ('problem' in result) return undefined;
    const next = { ...seenIn(result), look: (seen?.look ?? 0) + 1, written };
    setSeen(next);
    return next;
  };
  const first = useEffectEvent(() => void look(new Map()));
  useEffect(() => first(), []);

  useLayoutEffect(() => {
    if (!seen || !fields.current) return;
    asShown.current = writtenIn(fields.current);
    writeAgain(fields.current, seen.written);
    if (seen.look === 1) fieldsIn(fields.current)[0]?.focus();
  }, [seen]);

  const send = async (form: FormData, from: Seen<Shown>): Promise<Result<Done> | undefined> => {
    const result = await submit(form, { headers: { 'if-match': from.version } }, from.shown);
    if ('ok' in result || result.problem.code !== 'precondition-failed' || !fields.current) return result;
    const written = changedSince(asShown.current, writtenIn(fields.current));
    const now = await look(written);
    if (!now) return undefined;
    const changes = changesBetween(tells(from.shown), tells(now.shown));
    if (changes.length === 0) return send(form, now);
    const by = (result.problem.changes ?? []).filter(({ at }) => Date.parse(at) >= from.at);
    setClash({ by, changes, written: new Set(written.keys()) });
    return undefined;
  };
  const take = () => {
    setClash(undefined);
    void look(new Map());
  };
  return (
    <FormDialog {...frame} ready={seen !== undefined} submit={async (form) => seen && send(form, seen)}>
      {(problem) => (
        <>
          <ProblemCallout problem={unseen} />
          {clash && <ChangedNotice clash={clash} onTake={take} />}
          {seen && (
            <div key={seen.look} ref={fields} className="contents">
              {children(seen.shown, problem)}
            </div>
          )}
          {!seen && !unseen && <Waiting />}
        </>
      )}
    </FormDialog>
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
