'use client';

import { useState } from 'react';
import type { BounceSettings, Credential } from '@postern/admin-contract';
import { Button, Fact, Facts, OutsideText, Panel } from '@postern/console-ui';
import { BounceDialog } from './bounce-dialog.tsx';

/** How bounces of a credential's mail are dealt with. */
export function BouncePanel(props: {
  readonly credential: Credential;
  readonly settings: BounceSettings;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { credential, settings, mayWrite, onDone } = props;
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
      </Facts>
      {editing && <BounceDialog credential={credential} onDone={onDone} onClose={() => setEditing(false)} />}
    </Panel>
  );
}
