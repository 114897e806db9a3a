import type { MailRoute } from '@postern/admin-contract';
import { OutsideText } from '@postern/console-ui';
import { commandsColumn } from '../table/commands-column.ts';
import type { Column } from '../table/data-table.tsx';
import { RowLink } from '../table/row-link.tsx';
import { RouteMenu } from './route-menu.tsx';
import { hostsOf, KIND_WORDS, TLS_WORDS } from './words.ts';

/** The columns of the table of routes. */
export function routeColumns(options: {
  readonly mayWrite: boolean;
  /** The routes in the order in which they are asked, as far as they are shown. */
  readonly among: readonly MailRoute[];
  readonly onDone: () => void;
}): readonly Column<MailRoute>[] {
  return [
    {
      key: 'position',
      heading: 'Asked',
      narrow: 'hidden',
      className: 'md:w-16',
      cell: ({ position }) => <span className="text-ink-soft tabular-nums">{position}.</span>,
    },
    {
      key: 'name',
      heading: 'Route',
      narrow: 'lead',
      cell: (route) => (
        <>
          <span className="text-ink-soft tabular-nums md:hidden">{route.position}. </span>
          <RowLink href={`/routes/${encodeURIComponent(route.id)}`}>
            <OutsideText text={route.name} />
          </RowLink>
        </>
      ),
    },
    {
      key: 'hosts',
      heading: 'Goes to',
      narrow: 'line',
      cell: (route) =>
        route.kind === 'smarthost' ? (
          hostsOf(route).map((host) => (
            <span key={host} className="block [overflow-wrap:anywhere]">
              {host}
            </span>
          ))
        ) : (
          <span className="text-ink-soft">{KIND_WORDS[route.kind]}</span>
        ),
    },
    {
      key: 'tls',
      heading: 'TLS',
      narrow: 'line',
      from: 'xl',
      cell: (route) => (
        <span className="text-ink-soft">
          {route.kind === 'smarthost' ? TLS_WORDS[route.tls] : <span className="max-md:hidden">–</span>}
        </span>
      ),
    },
    {
      key: 'takes',
      heading: 'Takes',
      narrow: 'line',
      cell: (route) => (
        <>
          {short(route.domains)}
          {route.senderRules.length > 0 && <span className="text-ink-soft"> from {short(route.senderRules)}</span>}
          {route.tags.length > 0 && <span className="text-ink-soft"> tagged {short(route.tags)}</span>}
        </>
      ),
    },
    ...commandsColumn<MailRoute>(options.mayWrite, (route) => (
      <RouteMenu route={route} among={options.among} onDone={options.onDone} />
    )),
  ];
}

function short(all: readonly string[]): string {
  return all.length > 3 ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more` : all.join(', ');
}
