'use client';

import { Check, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { MailRoute, Problem, RouteTest } from '@postern/admin-contract';
import { Button, Dialog, DialogFooter, TextField, TonedWord, Verbatim } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { textOf } from '../form/read-form.ts';

/** Speaks with each host of a route as far as RCPT and DATA, sends nothing, and shows what was said. */
export function TestDialog(props: {
  readonly route: MailRoute;
  readonly onClose: () => void;
  /** After each test: the health of its hosts may be another one. */
  readonly onDone?: () => void;
}) {
  const { route, onClose } = props;
  const [test, setTest] = useState<RouteTest | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setAsking(true);
    const result = await browserApi.testRoute({
      params: { route: route.id },
      body: { sender: textOf(form, 'sender'), recipient: textOf(form, 'recipient') },
    });
    setAsking(false);
    setProblem('problem' in result ? result.problem : undefined);
    setTest('ok' in result ? result.ok : undefined);
    props.onDone?.();
  };
  return (
    <Dialog
      onClose={onClose}
      title={`Test the route ${route.name}`}
      says="A conversation with each of its hosts as far as RCPT and DATA; no mail is sent."
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <ProblemCallout problem={problem} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField label="Sender" name="sender" type="email" required autoComplete="off" />
          <TextField label="Recipient" name="recipient" type="email" required autoComplete="off" />
        </div>
        {test?.hosts.map((host) => (
          <section key={`${host.host}:${host.port}`} aria-label={host.host}>
            <h3 className="mb-1 flex items-baseline gap-3 text-sm font-medium">
              {host.host}:{host.port}
              <TonedWord {...(host.ok ? GOOD : BAD)} />
            </h3>
            <ol className="rounded-md border border-line bg-sunken px-3 py-2">
              {host.steps.map(({ step, ok, said }, at) => (
                <li key={at} className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 py-0.5 text-xs">
                  <span className={ok ? 'text-ink-soft' : 'font-medium text-bad'}>{step}</span>
                  <Verbatim text={said} />
                </li>
              ))}
            </ol>
          </section>
        ))}
        <DialogFooter>
          <Button kind="primary" type="submit" disabled={asking}>
            {asking ? 'Speaking…' : test ? 'Test again' : 'Test it'}
          </Button>
          <Button onClick={onClose}>Close</Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

const GOOD = { icon: Check, tone: 'good', word: 'would take it' } as const;
const BAD = { icon: X, tone: 'bad', word: 'would not take it' } as const;
