'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { INVITATION_STATES, type Invitation, type Page } from '@postern/admin-contract';
import { Button, Instant, OutsideText, Panel } from '@postern/console-ui';
import { browserApi } from '../../live/browser-api.ts';
import { CommandDialog } from '../command/command-dialog.tsx';
import { Choice } from '../table/choice.tsx';
import { CsvLink } from '../table/csv-link.tsx';
import { MoreButton } from '../table/more-button.tsx';
import { useMore } from '../table/use-more.ts';

type State = Invitation['state'];

/** Invitations, the latest first: those whose links still make accounts, or what became of the others. */
export function InvitationList(props: {
  readonly first: Page<Invitation>;
  readonly query: { readonly state?: State; readonly limit: number };
  /** The address of the page with those in another state; undefined: in any. */
  readonly path: (state: State | undefined) => string;
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}) {
  const { query, path } = props;
  const router = useRouter();
  const [revoking, setRevoking] = useState<Invitation | undefined>(undefined);
  const list = useMore({
    first: props.first,
    key: ({ id }) => id,
    ask: (cursor) => browserApi.listInvitations({ query: { ...query, cursor } }),
  });
  return (
    <Panel
      title="Invitations"
      className="mt-4"
      aside={
        <div className="flex items-center gap-2">
          <Choice
            label="Invitations in the state"
            className="max-sm:min-w-28"
            value={query.state ?? ''}
            onChange={(given) =>
              router.push(path(INVITATION_STATES.find((state) => state === given)), { scroll: false })
            }
            options={[['', 'Any state'], ...INVITATION_STATES.map((state) => [state, state] as const)]}
          />
          <CsvLink of="/api/v1/invitations.csv" query={query} />
        </div>
      }
    >
      {list.items.length === 0 && (
        <p className="px-4 py-3 text-sm text-ink-soft">
          {query.state ? `No invitation is ${query.state}.` : 'Nobody was invited yet.'}
        </p>
      )}
      <ul aria-label="Invitations" className="divide-y divide-line text-sm">
        {list.items.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
            <span className="min-w-48 flex-1 font-medium break-all">
              <OutsideText text={invitation.email} />
            </span>
            <span>{invitation.role}</span>
            <span className="text-ink-soft">
              {invitation.state === 'open' ? 'ends ' : `${invitation.state}, made `}
              <Instant at={invitation.state === 'open' ? invitation.expiresAt : invitation.createdAt} />
            </span>
            {props.mayWrite && invitation.state === 'open' && (
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
      <MoreButton more={list} word="invitations" />
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
