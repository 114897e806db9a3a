'use client';

import { useState } from 'react';
import type { Invitation } from '@postern/admin-contract';
import { Button, Instant, OutsideText, Panel } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';

/** Invitations that are open: their links still make accounts. */
export function InvitationList(props: {
  readonly invitations: readonly Invitation[];
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const [revoking, setRevoking] = useState<Invitation | undefined>(undefined);
  const open = props.invitations.filter(({ state }) => state === 'open');
  if (open.length === 0) return null;
  return (
    <Panel title="Open invitations" className="mb-4">
      <ul className="divide-y divide-line text-sm">
        {open.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <span className="min-w-48 flex-1 font-medium break-all">
              <OutsideText text={invitation.email} />
            </span>
            <span>{invitation.role}</span>
            <span className="text-ink-soft">
              ends <Instant at={invitation.expiresAt} />
            </span>
            {props.mayWrite && (
              <Button
                kind="danger"
                aria-label={`Revoke the invitation of ${invitation.email}`}
                onClick={() => setRevoking(invitation)}
              >
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoking && (
        <CommandDialog
          title={`Revoke the invitation of ${revoking.email}`}
          says="Its link makes no account any more."
          verb="Revoke"
          kind="danger"
          onClose={() => setRevoking(undefined)}
          command={(body) => browserApi.revokeInvitation({ params: { id: revoking.id }, body })}
          onDone={props.onDone}
        />
      )}
    </Panel>
  );
}
