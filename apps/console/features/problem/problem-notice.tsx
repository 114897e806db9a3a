'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, Callout } from '@postern/console-ui';

/** What to do about a problem, where that is known. */
const ADVICE: Readonly<Record<string, string>> = {
  unreachable: 'The service api is away or restarting. Submission and delivery do not depend on it.',
  'store-unavailable': 'The API is there, but the database is not. Mail waits at its senders until it is back.',
  forbidden: 'Your role does not cover this. Ask an owner of this gateway.',
  'internal-fault': 'The log of the service api says more.',
};

/** Tells that a part of a page could not be had, why, and offers to ask again. */
export function ProblemNotice({ problem }: { readonly problem: Problem }) {
  const router = useRouter();
  const [asking, startAsking] = useTransition();
  return (
    <Callout tone="bad" title={problem.title}>
      <p>{problem.detail}</p>
      {ADVICE[problem.code] && <p>{ADVICE[problem.code]}</p>}
      <Button className="mt-2.5" disabled={asking} onClick={() => startAsking(() => router.refresh())}>
        <RotateCw aria-hidden className="size-3.5" />
        {asking ? 'Asking…' : 'Try again'}
      </Button>
    </Callout>
  );
}
