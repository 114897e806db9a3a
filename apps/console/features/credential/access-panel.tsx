'use client';

import { useState } from 'react';
import type { Credential } from '@postern/admin-contract';
import { Button, Fact, Facts, Instant, OutsideText, Panel } from '@postern/console-ui';
import { AboutFacts, None } from '../submitter/about-facts.tsx';
import { EditCredential } from './edit-dialog.tsx';

/** Whom a credential may send as, from where and until when, and what it is for. */
export function AccessPanel(props: {
  readonly credential: Credential;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { credential, mayWrite, onDone } = props;
  const [editing, setEditing] = useState(false);
  return (
    <Panel title="Access" aside={mayWrite && <Button onClick={() => setEditing(true)}>Change</Button>}>
      <Facts className="grid-cols-1 sm:grid-cols-2 xl:grid-cols-1">
        <Fact name="May send as">
          <Lines lines={credential.senderRules.map((rule) => (rule === '*' ? 'anyone' : rule))} none="nobody" />
        </Fact>
        <Fact name="Only from these networks">
          <Lines lines={credential.networks} none="anywhere" />
        </Fact>
        <Fact name="Expires">
          {credential.expiresAt ? <Instant at={credential.expiresAt} form="full" /> : <None word="never" />}
        </Fact>
        <AboutFacts submitter={credential} />
        <Fact name="Created">
          <Instant at={credential.createdAt} form="full" />
        </Fact>
      </Facts>
      {editing && <EditCredential credential={credential} onDone={onDone} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

const SHOWN = 8;

function Lines({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) return <None word={none} />;
  return (
    <ul className="tabular-nums">
      {lines.slice(0, SHOWN).map((line) => (
        <li key={line} className="[overflow-wrap:anywhere]">
          <OutsideText text={line} />
        </li>
      ))}
      {lines.length > SHOWN && <li className="text-ink-soft">and {lines.length - SHOWN} more</li>}
    </ul>
  );
}
