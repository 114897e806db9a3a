'use client';

import { useEffect, useState } from 'react';
import type { Credential, DomainCheck, Problem, UnsubscribeSettings } from '@postern/admin-contract';
import { Button, OutsideText, Panel } from '@postern/console-ui';
import { ProblemCallout } from '../problem/problem-callout.tsx';
import { browserApi } from '../../live/browser-api.ts';
import { CheckList } from '../domain/check-list.tsx';
import { UnsubscribeDialog } from './unsubscribe-dialog.tsx';

/** Whether what a credential sent meets the rules of the large providers for bulk senders, and where its recipients unsubscribe. */
export function BulkPanel({ credential, mayWrite }: { readonly credential: Credential; readonly mayWrite: boolean }) {
  const [check, setCheck] = useState<DomainCheck | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [settings, setSettings] = useState<UnsubscribeSettings | undefined>(undefined);
  const [editing, setEditing] = useState(false);
  const { id } = credential;
  // The DNS is asked, which takes its time: the page is there meanwhile.
  useEffect(() => {
    const params = { credential: id };
    void browserApi
      .checkCredential({ params })
      .then((result) => ('ok' in result ? setCheck(result.ok) : setProblem(result.problem)));
    void browserApi.showUnsubscribe({ params }).then((result) => 'ok' in result && setSettings(result.ok));
  }, [id]);
  return (
    <Panel
      title="Rules for bulk senders"
      aside={mayWrite && settings && <Button onClick={() => setEditing(true)}>Unsubscribe links</Button>}
    >
      <ProblemCallout problem={problem} className="m-3" />
      {check ? (
        <CheckList lines={check.lines} />
      ) : (
        !problem && <p className="px-4 py-3.5 text-sm text-ink-soft">Looking at the mail of the last 7 days…</p>
      )}
      {settings && (
        <p className="border-t border-line px-4 py-3 text-sm">
          <span className="block text-xs text-ink-soft">Unsubscribe links</span>
          {settings.template === null ? (
            'as its messages have them; none are added'
          ) : (
            <span className="[overflow-wrap:anywhere]">
              <OutsideText text={settings.template} />, where a message to one recipient has none
            </span>
          )}
        </p>
      )}
      {editing && settings && (
        <UnsubscribeDialog credential={credential} onDone={setSettings} onClose={() => setEditing(false)} />
      )}
    </Panel>
  );
}
