import type { MailRoute, RouteChanges, RouteReads, RouteSettings } from '@postern/administration';
import { formatSenderRule } from '@postern/credentials';
import { UNRESOLVED_QUEUE } from '@postern/queue';
import { Prisma, type Route as Row } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { isTaken } from './guard.ts';
import { LOCKS } from '../connection/locks.ts';
import { orderOf, routeIds, routeUsers } from './route-list.ts';

/** Routes to upstream smarthosts, read. */
export function routeReads(db: Db): RouteReads {
  return {
    async listRoutes(query) {
      const rows = await db.route.findMany({
        where: { id: { in: await routeIds(db, query) } },
        orderBy: orderOf(query),
      });
      return rows.map(viewOf);
    },
    async findRoute(reference) {
      const row = await db.route.findUnique({ where: reference });
      return row ? viewOf(row) : undefined;
    },
    routeUsers: (route) => routeUsers(db, route),
    async routeHealth(queueId) {
      const rows = await db.routeHealth.findMany({ where: { queueId }, orderBy: { part: 'asc' } });
      return rows.map(({ part, ok, text, since, expiresAt }) => ({
        part,
        ok,
        text,
        since: instant(since),
        expiresAt: instantOrNull(expiresAt),
      }));
    },
  };
}

/** Routes to upstream smarthosts, changed. */
export function routeChanges(db: Db): RouteChanges {
  return {
    async addRoute({ name, kind, ...settings }) {
      const unique = { kind: 'route', name } as const;
      // A route that was removed has left its queue behind, with what ended in it.
      const queue = await db.deliveryQueue.upsert({ where: { kind_name: unique }, create: unique, update: {} });
      const last = await db.route.aggregate({ _max: { position: true } });
      const position = (last._max.position ?? 0) + 1;
      try {
        const data = { id: newId(), queueId: queue.id, name, kind, position, ...columnsOf(settings) };
        return viewOf(await db.route.create({ data }));
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },

    async updateRoute(id, settings) {
      const [row] = await db.route.updateManyAndReturn({ where: { id }, data: columnsOf(settings) });
      if (row) await db.routeHealth.deleteMany({ where: { queueId: row.queueId } });
      return row && viewOf(row);
    },

    async moveRoute(id, before) {
      await db.$executeRaw`select pg_advisory_xact_lock(${LOCKS.routeOrder})`;
      const all = await db.route.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { id: true } });
      const others = all.map((each) => each.id).filter((each) => each !== id);
      const at = before === undefined ? others.length : others.indexOf(before);
      const order = [...others.slice(0, Math.max(0, at)), id, ...others.slice(Math.max(0, at))];
      for (const [index, each] of order.entries())
        await db.route.updateMany({ where: { id: each }, data: { position: index + 1 } });
      const row = await db.route.findUnique({ where: { id } });
      return row ? viewOf(row) : undefined;
    },

    async removeRoute(id) {
      const route = await db.route.findUnique({ where: { id } });
      if (!route) return 'unknown';
      const users = await usersOf(db, id);
      if (users.length > 0) return { usedBy: users };
      await db.$executeRaw`savepoint remove_route`;
      await lookUpAnew(db, route.queueId);
      // A lane that claimed before its rows were taken has its lease by now.
      const [sending] = await db.$queryRaw<unknown[]>`
        select 1 from leases l
        cross join lateral unnest(l.message_ids, l.numbers) as k (message_id, number)
        join recipients r on r.message_id = k.message_id and r.number = k.number and r.lease_token = l.token
        where l.queue_id = ${route.queueId} and r.state = 'sending' limit 1`;
      if (sending !== undefined) {
        await db.$executeRaw`rollback to savepoint remove_route`;
        return 'sending';
      }
      await db.route.delete({ where: { id } });
      return 'removed';
    },
  };
}

/** How many of those that use a route are named. */
const USERS_NAMED = 5;

/** The credentials and listed networks all of whose mail takes a route, by name. */
async function usersOf(db: Db, routeId: string): Promise<readonly string[]> {
  const of = { where: { routeId }, take: USERS_NAMED };
  const credentials = await db.credential.findMany({ ...of, select: { name: true }, orderBy: { name: 'asc' } });
  const networks = await db.listedNetwork.findMany({ ...of, select: { cidr: true }, orderBy: { cidr: 'asc' } });
  return [...credentials.map(({ name }) => name), ...networks.map(({ cidr }) => cidr)];
}

/** Moves what waits and what is held in a queue to the queue `unresolved`, due at once. */
async function lookUpAnew(db: Db, queueId: number): Promise<void> {
  await db.$executeRaw`
    with gone as (
      delete from waiting_recipients where queue_id = ${queueId} returning message_id, number, state
    ), waits as (
      insert into waiting_recipients (message_id, number, queue_id, state, due_at)
      select message_id, number, ${UNRESOLVED_QUEUE}::int, state, now() from gone
    ), changed as (
      update recipients r set queue_id = ${UNRESOLVED_QUEUE}::int from gone g
      where r.message_id = g.message_id and r.number = g.number returning r.state
    ), unheld as (
      update recipients r set queue_id = ${UNRESOLVED_QUEUE}::int
      where r.aside = 'held' and r.queue_id = ${queueId} returning r.state
    ), both_kinds as (select state from changed union all select state from unheld)
    insert into queue_changes (queue_id, state, recipients)
    select ${queueId}::int, state, -count(*)::int from both_kinds group by state
    union all select ${UNRESOLVED_QUEUE}::int, state, count(*)::int from both_kinds group by state`;
}

function columnsOf({
  user,
  sealedPassword,
  clientCertificate,
  senderRules,
  domains,
  moreHosts,
  oauth,
  tags,
  ...rest
}: RouteSettings) {
  const { host, port, tls, implicitTls } = rest;
  return {
    host,
    port,
    tls,
    implicitTls,
    moreHosts: moreHosts.map((each) => ({ ...each })),
    oauth: oauth ? { ...oauth } : Prisma.DbNull,
    username: user ?? null,
    ...(sealedPassword === 'kept' ? {} : { password: sealedPassword ? Uint8Array.from(sealedPassword) : null }),
    ...(clientCertificate === 'kept'
      ? {}
      : {
          clientCertificate: clientCertificate ? Uint8Array.from(clientCertificate.sealed) : null,
          clientCertificateFacts: clientCertificate ? { ...clientCertificate.facts } : Prisma.DbNull,
        }),
    domains: [...domains],
    senderRules: senderRules.map(formatSenderRule),
    tags: [...tags],
  };
}

function viewOf(row: Row): MailRoute {
  const { id, name, kind, position, host, port, username, tls, implicitTls, domains, senderRules, tags, queueId } = row;
  return {
    id,
    name,
    kind,
    position,
    host,
    port,
    moreHosts: hostsOf(row.moreHosts),
    implicitTls,
    oauth: oauthOf(row.oauth),
    user: username,
    clientCertificate: factsOf(row.clientCertificateFacts),
    tls,
    domains,
    senderRules,
    tags,
    queueId,
    createdAt: instant(row.createdAt),
  };
}

/** The columns hold what `columnsOf` wrote, which the contract's schemas had read. */
function hostsOf(column: unknown): MailRoute['moreHosts'] {
  return column as MailRoute['moreHosts'];
}

function factsOf(column: unknown): MailRoute['clientCertificate'] {
  return column as MailRoute['clientCertificate'];
}

function oauthOf(column: unknown): MailRoute['oauth'] {
  return column as MailRoute['oauth'];
}
