import Link from 'next/link';
import type { MailRouteDetail, RouteUser } from '@postern/admin-contract';
import { OutsideText, Panel } from '@postern/console-ui';

/** The credentials and listed networks whose mail takes a route because they name it, or because of a tag. */
export function RouteUsers({ route }: { readonly route: MailRouteDetail }) {
  const { usedBy } = route;
  return (
    <Panel title="Who uses it">
      {usedBy.length === 0 ? (
        <p className="px-4 py-3.5 text-sm text-ink-soft">
          No credential and no listed network names it{route.tags.length > 0 && ' or has its tag'}: it takes mail by its
          recipient domains and senders alone.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {usedBy.map((user) => (
            <li key={user.id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
              <Link
                href={pathOf(user)}
                prefetch={false}
                className="font-medium [overflow-wrap:anywhere] underline-offset-2 hover:underline"
              >
                <OutsideText text={user.name} />
              </Link>
              <span className="text-ink-soft">
                {user.kind === 'credential' ? 'credential' : 'listed network'},{' '}
                {user.by === 'route' ? 'all of its mail' : 'by its tag'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function pathOf({ kind, id, name }: RouteUser): string {
  return kind === 'credential' ? `/credentials/${encodeURIComponent(name)}` : `/networks/${encodeURIComponent(id)}`;
}
