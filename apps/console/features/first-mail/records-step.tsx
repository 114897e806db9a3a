'use client';

import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useEffectEvent, useState } from 'react';
import type { DomainCheck, SendingDomainDetail } from '@postern/admin-contract';
import { Button, Instant } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CheckList } from '../domain/check-list.tsx';
import { Records } from '../domain/records.tsx';
import { isNeeded, isSeen } from './steps.ts';

/** How often the world is looked at while somebody waits for it. */
const LOOK_EVERY_MS = 20_000;

/** The records to publish, and whether the world sees them: looked at again and again until it does. */
export function RecordsStep(props: {
  readonly domain: SendingDomainDetail;
  readonly onCheck: (check: DomainCheck) => void;
}) {
  const { domain } = props;
  const [looking, setLooking] = useState(false);
  const seen = isSeen(domain.check);
  const look = async () => {
    setLooking(true);
    const result = await browserApi.checkDomain({ params: { domain: domain.id } });
    setLooking(false);
    if ('ok' in result) props.onCheck(result.ok);
  };
  const again = useEffectEvent(() => {
    if (!looking && document.visibilityState === 'visible') void look();
  });
  useEffect(() => {
    if (seen) return undefined;
    const first = setTimeout(() => again(), 0);
    const timer = setInterval(() => again(), LOOK_EVERY_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [seen]);
  const lines = domain.check?.lines.filter(isNeeded) ?? [];
  return (
    <>
      <p className="text-ink-soft">
        Put these into the DNS of {domain.name}, where you manage it. It may take minutes until the world sees them;
        meanwhile the next steps can be taken.
      </p>
      <details open={!seen} className="mt-3">
        <summary className="cursor-default text-accent-strong hover:underline">The records to publish</summary>
        <div className="mt-2">
          <Records domain={domain} />
        </div>
      </details>
      <div role="status" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="font-medium">{seen ? 'The world sees them.' : 'The world does not see all of them yet.'}</span>
        {domain.check && (
          <span className="text-xs text-ink-soft">
            looked at <Instant at={domain.check.checkedAt} />
          </span>
        )}
        <Button icon={RefreshCw} disabled={looking} onClick={() => void look()}>
          {looking ? 'Looking…' : 'Look now'}
        </Button>
      </div>
      {lines.length > 0 && !seen && (
        <div className="mt-3 rounded-lg border border-line">
          <CheckList lines={lines} show="found" />
        </div>
      )}
      <p className="mt-2 text-xs">
        <Link
          href={`/domains/${encodeURIComponent(domain.name)}`}
          prefetch={false}
          className="text-accent-strong hover:underline"
        >
          Everything about {domain.name}
        </Link>
      </p>
    </>
  );
}
