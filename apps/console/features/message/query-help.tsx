'use client';

import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout, Dialog } from '@postern/console-ui';

const TERMS: readonly (readonly [example: string, says: string])[] = [
  ['state:deferred', 'one of its recipients is in the state'],
  ['to:a@example.com', 'a recipient; to:@example.com for all of a domain'],
  ['from:a@example.org', 'the reverse-path; from:<> for the null one'],
  ['subject:"third quarter"', 'a part of the Subject; words without a field mean the same'],
  ['credential:app1', 'what submitted it'],
  ['network:192.0.2.0/24', 'the listed network that handed it in, without a credential'],
  ['queue:12', 'a recipient waits in that queue, or ended there'],
  ['site:mx.example.com', 'a recipient waits or ended at that site'],
  ['code:5.1.1', 'the last reply had that code: 550, 4xx, 5.1.1'],
  ['class:mailbox_full', 'why it failed'],
  ['client:192.0.2.7', 'the address it was submitted from'],
  ['since:2h', 'accepted since then: 30m, 7d, 2026-01-31, 2026-01-31T08:00:00Z'],
  ['before:2026-01-31', 'accepted before then'],
  ['message-id:<…>', 'its Message-ID field'],
  ['id:…', "the message's own id, as our 250 reply told it"],
];

/** Searches that operators often want, to be tried at a click. */
const EXAMPLES: readonly (readonly [query: string, says: string])[] = [
  ['state:deferred before:2h', 'what has waited for more than two hours'],
  ['state:bounced code:5.1.1 since:1d', 'unknown recipients of the last day'],
  ['state:held', 'what waits until somebody releases it'],
];

/** What one can search for. */
export function QueryHelp({ onTry }: { readonly onTry: (query: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={CircleHelp} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <span className="max-sm:sr-only">How to search</span>
      </Button>
      {open && (
        <Dialog
          onClose={() => setOpen(false)}
          title="How to search"
          says="A message must meet all terms. A value with spaces stands in double quotes."
        >
          <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[auto_minmax(0,1fr)]">
            {TERMS.map(([example, says]) => (
              <div key={example} className="contents">
                <dt className="font-mono text-xs leading-5 text-accent-strong">{example}</dt>
                <dd className="text-ink-soft max-sm:mb-1.5">{says}</dd>
              </div>
            ))}
          </dl>
          <h3 className="mt-5 mb-2 text-sm font-semibold">For example</h3>
          <ul className="flex flex-col gap-1.5">
            {EXAMPLES.map(([query, says]) => (
              <li key={query} className="flex flex-wrap items-baseline gap-x-3">
                <button
                  type="button"
                  onClick={() => {
                    setOpen(false);
                    onTry(query);
                  }}
                  className="rounded-sm font-mono text-xs text-accent-strong underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
                >
                  {query}
                </button>
                <span className="text-sm text-ink-soft">{says}</span>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}

/** What is wrong with a search, in the words of the API. */
export function QueryFault({ problem }: { readonly problem: Problem }) {
  const faults = problem.errors?.map((each) => each.message) ?? [];
  return (
    <Callout tone="bad" title="This search is not understood">
      {faults.length > 0 ? faults.map((fault) => <p key={fault}>{fault}</p>) : <p>{problem.detail}</p>}
    </Callout>
  );
}
