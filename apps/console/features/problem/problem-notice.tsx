'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useTransition } from 'react';
import type { Problem } from '@postern/admin-contract';
import { Button, buttonLook, Callout } from '@postern/console-ui';

/** What to do about a problem, where that is known. */
const ADVICE: Readonly<Record<string, string>> = {
  unreachable: 'The service api is away or restarting. Submission and delivery do not depend on it.',
  'store-unavailable': 'The API is there, but the database is not. Mail waits at its senders until it is back.',
  forbidden: 'Your role does not cover this. Ask an owner of this gateway.',
  'internal-fault': 'The log of the service api says more.',
};

/** Problems that pass by themselves: the page asks again until they have. */
const PASSING: readonly string[] = ['unreachable', 'store-unavailable'];
const ASK_AGAIN_MS = 5_000;

/** Tells that a part of a page could not be had, why, and offers to ask again. */
export function ProblemNotice({ problem }: { readonly problem: Problem }) {
  const router = useRouter();
  const [asking, startAsking] = useTransition();
  const askAgain = () => startAsking(() => router.refresh());
  const onTick = useEffectEvent(() => {
    if (!asking && document.visibilityState === 'visible') askAgain();
  });
  const passing = PASSING.includes(problem.code);
  useEffect(() => {
    if (!passing) return undefined;
    const timer = setInterval(() => onTick(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [passing]);
  return (
    <Callout tone="bad" title={problem.title}>
      {ADVICE[problem.code] && <p>{ADVICE[problem.code]}</p>}
      <p className={ADVICE[problem.code] && 'text-xs'}>{problem.detail}</p>
      {problem.code === 'forbidden' ? (
        <Link href="/" prefetch={false} className={buttonLook('plain', 'mt-2.5')}>
          To the overview
        </Link>
      ) : (
        <Button icon={RotateCw} className="mt-2.5" disabled={asking} onClick={askAgain}>
          {asking ? 'Asking…' : 'Try again'}
        </Button>
      )}
      {passing && <p className="mt-1.5 text-xs">This page asks again by itself every few seconds.</p>}
    </Callout>
  );
}
