'use client';

import { useState } from 'react';
import type { BounceSettings, Credential } from '@postern/admin-contract';
import { Button, Fact, Facts, formatCountOf, formatShare, OutsideText, Panel } from '@postern/console-ui';
import { BounceDialog } from './bounce-dialog.tsx';
import { HOLD_WORDS } from './bounce-thresholds.tsx';

/** How bounces of a credential's mail are dealt with. */
export function BouncePanel(props: {
  readonly credential: Credential;
  readonly settings: BounceSettings;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { credential, settings, mayWrite, onDone } = props;
  const { bounceWarning, bounceCritical, complaintWarning, complaintCritical, floor } = settings.thresholds;
  const [editing, setEditing] = useState(false);
  return (
    <Panel title="Bounces and suppression" aside={mayWrite && <Button onClick={() => setEditing(true)}>Change</Button>}>
      <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
        <Fact name="DSNs go">
          {settings.dsn === 'off' ? (
            'to nobody'
          ) : settings.dsn === 'reverse-path' ? (
            'to the reverse-path'
          ) : (
            <>
              to <OutsideText text={settings.dsn} />
            </>
          )}
        </Fact>
        <Fact name="A suppressed recipient">
          {settings.suppressed === 'record' ? 'is accepted, recorded and not sent to' : 'is refused at RCPT'}
        </Fact>
        <Fact name="Return-paths">
          {settings.signedPaths ? 'signed by us: what comes back is known' : 'as the client gave them'}
        </Fact>
        <Fact name="Too many bounces">
          warning at {percent(bounceWarning)}, critical at {percent(bounceCritical)}
        </Fact>
        <Fact name="Too many complaints">
          warning at {percent(complaintWarning)}, critical at {percent(complaintCritical)}
        </Fact>
        <Fact name="Judged from">{formatCountOf(floor, 'recipient', 'recipients')} an hour or a day on</Fact>
        <Fact name="New mail is held">{HOLD_WORDS[settings.hold]}</Fact>
      </Facts>
      {editing && <BounceDialog credential={credential} onDone={onDone} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function percent(of: number): string {
  return formatShare(of / 100);
}
