import type { Account } from '@postern/admin-contract';
import { Instant, OutsideText } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { AccountMenu } from './account-menu.tsx';

/** The columns of the table of accounts. */
export function accountColumns(options: {
  readonly mayWrite: boolean;
  readonly onDone: () => void;
}): readonly Column<Account>[] {
  return [
    {
      key: 'email',
      heading: 'E-mail address',
      narrow: 'lead',
      cell: ({ email }) => (
        <span className="font-medium break-all">
          <OutsideText text={email} />
        </span>
      ),
    },
    { key: 'name', heading: 'Name', narrow: 'line', cell: ({ name }) => <OutsideText text={name} /> },
    { key: 'role', heading: 'Role', narrow: 'line', cell: ({ role }) => role },
    {
      key: 'ways',
      heading: 'Signs in with',
      narrow: 'line',
      onCard: 'signs in with',
      className: 'text-ink-soft',
      cell: waysOf,
    },
    {
      key: 'sessions',
      heading: 'Signed in',
      narrow: 'line',
      onCard: 'signed in',
      className: 'text-ink-soft',
      cell: ({ sessions, lastSignInAt }) =>
        lastSignInAt ? (
          <>
            since <Instant at={lastSignInAt} />
            {sessions > 1 && ` (${sessions} sessions)`}
          </>
        ) : (
          'nowhere'
        ),
    },
    {
      key: 'made',
      heading: 'Made',
      narrow: 'hidden',
      from: 'lg',
      className: 'text-ink-soft',
      cell: ({ createdAt }) => <Instant at={createdAt} />,
    },
    ...commandsColumn<Account>(options.mayWrite, (account) => (
      <AccountMenu account={account} onDone={options.onDone} />
    )),
  ];
}

/** How an account signs in, in words. */
function waysOf({ authenticatorApp, passkeys, singleSignOn }: Account): string {
  const ways = [
    authenticatorApp ? 'password and app' : 'password',
    ...(passkeys > 0 ? [passkeys === 1 ? 'a passkey' : `${passkeys} passkeys`] : []),
    ...(singleSignOn ? ['single sign-on'] : []),
  ];
  return ways.join(', ');
}
