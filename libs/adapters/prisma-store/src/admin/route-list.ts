import type { MailRoute, RouteQuery, RouteUser } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { DIRECTION, SQL_ORDER } from './order.ts';

/** The ids of the routes of one page. */
export async function routeIds(db: Db, query: RouteQuery): Promise<string[]> {
  const { sort, order, kind, nameContains, after, limit } = query;
  const { behind, direction } = SQL_ORDER[order];
  const text = nameContains?.toLowerCase();
  const conditions = [
    Prisma.sql`true`,
    ...(kind ? [Prisma.sql`kind::text = ${kind}`] : []),
    ...(text ? [Prisma.sql`(strpos(lower(name), ${text}) > 0 or strpos(${HOSTS}, ${text}) > 0)`] : []),
    ...(after === undefined
      ? []
      : [
          sort === 'name'
            ? Prisma.sql`name ${behind} ${after.name}`
            : Prisma.sql`(position, name) ${behind} (${after.position}::int, ${after.name})`,
        ]),
  ];
  const by = sort === 'name' ? Prisma.sql`name ${direction}` : Prisma.sql`position ${direction}, name ${direction}`;
  const rows = await db.$queryRaw<{ readonly id: string }[]>`
    select id::text as id from routes where ${Prisma.join(conditions, ' and ')} order by ${by} limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** All hosts of a route, its first one with the others. */
const HOSTS = Prisma.sql`lower(host || ' ' || coalesce(
  (select string_agg(each ->> 'host', ' ') from jsonb_array_elements(more_hosts) as each), ''))`;

/** The order of a list of routes: that in which they are asked, unless it is by name. */
export function orderOf({ sort, order }: Pick<RouteQuery, 'sort' | 'order'>): Prisma.RouteOrderByWithRelationInput[] {
  const direction = DIRECTION[order];
  return sort === 'name' ? [{ name: direction }] : [{ position: direction }, { name: direction }];
}

/** So many of those that use a route are told. */
const USERS = 100;

/** The credentials and listed networks whose mail a route takes because they name it, or because of a tag. */
export async function routeUsers(db: Db, { id, tags }: Pick<MailRoute, 'id' | 'tags'>): Promise<readonly RouteUser[]> {
  return db.$queryRaw<RouteUser[]>`
    select kind, id, name, case when route_id = ${id}::uuid then 'route' else 'tag' end as by from (
      select 'credential' as kind, id::text, name, tag, route_id from credentials where state <> 'revoked'
      union all select 'network', id::text, cidr, tag, route_id from listed_networks
    ) u
    where route_id = ${id}::uuid or lower(tag) = any(${tags}::text[]) order by kind, name limit ${USERS}`;
}
