'use client';

import { MonitorCheck } from 'lucide-react';
import { useState } from 'react';
import type { OwnSession } from '@postern/admin-contract';
import { Button, Callout, Instant, OutsideText, Panel, TonedWord } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { deviceOf } from './device-of.ts';

/** Where the viewer is signed in. */
export function SessionsPanel(props: { readonly sessions: readonly OwnSession[]; readonly onDone: () => void }) {
  const { sessions, onDone } = props;
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [asking, setAsking] = useState(false);
  const end = async (
    command: () => ReturnType<typeof browserApi.endOwnSession> | ReturnType<typeof browserApi.endOtherSessions>,
  ) => {
    setAsking(true);
    const result = await command();
    setAsking(false);
    setFault('problem' in result ? result.problem.detail : undefined);
    onDone();
  };
  return (
    <Panel
      className="lg:col-span-2"
      title="Sessions"
      aside={
        sessions.length > 1 && (
          <Button kind="danger" disabled={asking} onClick={() => void end(() => browserApi.endOtherSessions())}>
            End all others
          </Button>
        )
      }
    >
      {fault && (
        <Callout tone="bad" title="It was not ended">
          {fault}
        </Callout>
      )}
      <ul className="divide-y divide-line text-sm">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="min-w-48 flex-1 font-medium">
              <OutsideText text={deviceOf(session.userAgent)} />
              {session.current && (
                <span className="ml-2 font-normal">
                  <TonedWord icon={MonitorCheck} tone="good" word="This one" />
                </span>
              )}
            </span>
            <span className="text-ink-soft">
              from <span className="font-mono">{session.address ?? 'unknown'}</span>
            </span>
            <span className="text-ink-soft">
              signed in <Instant at={session.createdAt} />
            </span>
            {!session.current && (
              <Button
                disabled={asking}
                aria-label={`End the session of ${deviceOf(session.userAgent)}`}
                onClick={() => void end(() => browserApi.endOwnSession({ params: { id: session.id } }))}
              >
                End it
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
