'use client';

import { CirclePause } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Suspension } from '@postern/admin-contract';
import { Button, formatCountOf, Instant, OutsideText, Panel, TONE_TEXT } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { suspendedWords } from './words.ts';

/** What is suspended, by whom and until when: mail that waits because somebody said so is not looked for elsewhere. */
export function SuspensionList(props: { readonly suspensions: readonly Suspension[]; readonly mayCommand: boolean }) {
  const { suspensions, mayCommand } = props;
  const router = useRouter();
  if (suspensions.length === 0) return null;
  return (
    <Panel
      title="Suspended"
      className="mb-4"
      aside={
        <span className="text-xs text-ink-soft tabular-nums">
          {formatCountOf(suspensions.length, 'suspension', 'suspensions')}
        </span>
      }
    >
      <ul className="divide-y divide-line text-sm">
        {suspensions.map((suspension) => (
          <li key={suspension.id ?? `queue ${suspension.subject}`} className="flex items-center gap-3 px-4 py-2.5">
            <CirclePause aria-hidden className={`size-4 shrink-0 ${TONE_TEXT.hold}`} />
            <Said suspension={suspension} />
            {mayCommand && <Resume suspension={suspension} onDone={() => router.refresh()} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Said({ suspension }: { readonly suspension: Suspension }) {
  const what = <OutsideText text={suspendedWords(suspension)} />;
  return (
    <div className="min-w-0 flex-1">
      <p className="font-medium break-words">
        {suspension.id === null ? (
          <Link href={`/queues/${suspension.subject}`} prefetch={false} className="hover:underline">
            {what}
          </Link>
        ) : (
          what
        )}
      </p>
      <p className="text-xs break-words text-ink-soft">
        since <Instant at={suspension.since} />
        {suspension.until ? (
          <>
            {' '}
            until <Instant at={suspension.until} />
          </>
        ) : (
          ', until someone resumes it,'
        )}{' '}
        by <OutsideText text={suspension.by} />
        {suspension.reason && (
          <>
            : <OutsideText text={suspension.reason} />
          </>
        )}
      </p>
    </div>
  );
}

function Resume({ suspension, onDone }: { readonly suspension: Suspension; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  const what = suspendedWords(suspension);
  return (
    <>
      <Button aria-label={`Resume: ${what}`} onClick={() => setAsked(true)}>
        Resume
      </Button>
      {asked && (
        <CommandDialog<unknown>
          title={`Resume: ${what}`}
          says="What waits for it is due within seconds."
          verb="Resume"
          kind="primary"
          onClose={() => setAsked(false)}
          command={(body) =>
            suspension.id === null
              ? browserApi.resumeQueue({ params: { id: Number(suspension.subject) }, body })
              : browserApi.liftSuspension({ params: { id: suspension.id }, body })
          }
          onDone={onDone}
        />
      )}
    </>
  );
}
