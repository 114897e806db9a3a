import { Ban, Check, CirclePause } from 'lucide-react';
import type { Credential } from '@postern/admin-contract';
import { Instant, OutsideText, TonedWord, type Tone } from '@postern/console-ui';
import type { Column } from '../table/data-table.tsx';
import { CredentialMenu } from './credential-menu.tsx';

const STATES = {
  active: { icon: Check, tone: 'good' },
  disabled: { icon: CirclePause, tone: 'hold' },
  revoked: { icon: Ban, tone: 'idle' },
} as const satisfies Record<Credential['state'], { icon: typeof Ban; tone: Tone }>;

/** The columns of the credentials table. */
export function credentialColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Credential>[] {
  return [
    {
      key: 'name',
      heading: 'Name',
      narrow: 'lead',
      cell: (credential) => (
        <span className="block font-medium break-words md:max-w-56 md:truncate">
          <OutsideText text={credential.name} />
        </span>
      ),
    },
    {
      key: 'state',
      heading: 'State',
      narrow: 'line',
      cell: (credential) => <TonedWord {...STATES[credential.state]} word={credential.state} />,
    },
    {
      key: 'senders',
      heading: 'May send as',
      narrow: 'line',
      className: 'md:w-[34%] md:max-w-0',
      cell: (credential) => <List items={credential.senderRules} none="anyone" />,
    },
    {
      key: 'networks',
      heading: 'From networks',
      narrow: 'hidden',
      from: 'lg',
      cell: (credential) => <List items={credential.networks} none="anywhere" />,
    },
    {
      key: 'used',
      heading: 'Last used',
      narrow: 'line',
      className: 'text-ink-soft',
      cell: (credential) => (
        <>
          <span className="md:hidden">last used </span>
          {credential.lastUsedAt ? (
            <>
              <Instant at={credential.lastUsedAt} />
              {credential.lastUsedFrom && <span className="whitespace-nowrap"> from {credential.lastUsedFrom}</span>}
            </>
          ) : (
            'never'
          )}
        </>
      ),
    },
    {
      key: 'expires',
      heading: 'Expires',
      narrow: 'hidden',
      from: 'lg',
      className: 'text-ink-soft',
      cell: (credential) => (credential.expiresAt ? <Instant at={credential.expiresAt} /> : 'never'),
    },
    ...(options.mayWrite
      ? [
          {
            key: 'more',
            heading: 'Commands',
            narrow: 'trail' as const,
            align: 'end' as const,
            className: 'md:w-14 max-md:-my-2 max-md:-mr-2',
            cell: (credential: Credential) => <CredentialMenu credential={credential} onDone={options.onDone} />,
          },
        ]
      : []),
  ];
}

function List({ items, none }: { readonly items: readonly string[]; readonly none: string }) {
  if (items.length === 0) return <span className="text-ink-soft">{none}</span>;
  return (
    <span title={items.join('\n')} className="block truncate">
      <OutsideText text={items.join(', ')} />
    </span>
  );
}
