'use client';

import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { DomainCheck, Problem, SendingDomainDetail } from '@postern/admin-contract';
import { Button, Instant, Panel } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { CheckList } from './check-list.tsx';

/** What the world saw at the last check, and the way to look again. */
export function CheckPanel({ domain }: { readonly domain: SendingDomainDetail }) {
  const [check, setCheck] = useState<DomainCheck | null>(domain.check);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [looking, setLooking] = useState(false);
  const look = async () => {
    setLooking(true);
    const result = await browserApi.checkDomain({ params: { domain: domain.id } });
    setLooking(false);
    if ('ok' in result) setCheck(result.ok);
    setProblem('ok' in result ? undefined : result.problem);
  };
  return (
    <Panel
      title="What the world sees"
      aside={
        <span className="flex items-center gap-3 text-xs text-ink-soft">
          {check && (
            <span>
              checked <Instant at={check.checkedAt} />
            </span>
          )}
          <Button icon={RefreshCw} disabled={looking} onClick={() => void look()}>
            {looking ? 'Looking…' : 'Check now'}
          </Button>
        </span>
      }
    >
      <ProblemCallout problem={problem} className="m-3" />
      {check ? (
        <CheckList lines={check.lines} />
      ) : (
        <p className="px-4 py-3.5 text-sm text-ink-soft">It was not checked yet: publish the records, then look.</p>
      )}
    </Panel>
  );
}
