import type { RouteQuery } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/** The ids of the routes of one page. */
export async function routeIds(db: Db, query: RouteQuery): Promise<string[]> {
  const { sort, kind, nameContains, after, limit } = query;
  const text = nameContains?.toLowerCase();
  const conditions = [
    Prisma.sql`true`,
    ...(kind ? [Prisma.sql`kind::text = ${kind}`] : []),
    ...(text ? [Prisma.sql`(strpos(lower(name), ${text}) > 0 or strpos(${HOSTS}, ${text}) > 0)`] : []),
    ...(after === undefined
      ? []
      : [
          sort === 'name'
            ? Prisma.sql`name > ${after.name}`
            : Prisma.sql`(position, name) > (${after.position}::int, ${after.name})`,
        ]),
  ];
  const order = sort === 'name' ? Prisma.sql`name` : Prisma.sql`position, name`;
  const rows = await db.$queryRaw<{ readonly id: string }[]>`
    select id::text as id from routes where ${Prisma.join(conditions, ' and ')} order by ${order} limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** All hosts of a route, its first one with the others. */
const HOSTS = Prisma.sql`lower(host || ' ' || coalesce(
  (select string_agg(each ->> 'host', ' ') from jsonb_array_elements(more_hosts) as each), ''))`;

/** The order of a list of routes: that in which they are asked, unless it is by name. */
export function orderOf({ sort }: Pick<RouteQuery, 'sort'>): { readonly [Column in 'position' | 'name']?: 'asc' }[] {
  return sort === 'name' ? [{ name: 'asc' }] : [{ position: 'asc' }, { name: 'asc' }];
}
