import type { Departure, GuardStore, Learned, Traffic } from '@postern/credentials';
import type { ClientBase, Pool } from 'pg';
import { instants, int4s, texts, uuids } from '../connection/arrays.ts';
import { run, runIn, type Statement } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import { SUBMITTER_CHANNEL } from '../work/submitter-channel.ts';

/** What the abuse guard learns from, and what it does: counted by hour, over all processes. */
export function guardStore(pool: Pool): GuardStore {
  return {
    noteTraffic: (traffic) => noteTraffic(pool, traffic),
    bounces: async (of) => {
      if (of.length === 0) return [];
      const rows = await run<readonly [string, number, number]>(pool, BOUNCES, [
        uuids(of.map(({ submitterId }) => submitterId)),
        instants(of.map(({ since }) => since)),
      ]);
      return rows.map(([submitterId, ended, bounced]) => ({ submitterId, ended, bounced }));
    },
    depart: (departure) => transaction(pool, (client) => depart(client, departure)),
    forgetOldHours: async () => void (await run(pool, FORGET, [])),
  };
}

async function noteTraffic(pool: Pool, traffic: readonly Traffic[]): Promise<readonly Learned[]> {
  if (traffic.length === 0) return [];
  // In one order for all who write them.
  const rows = [...traffic].sort((a, b) => (a.submitterId < b.submitterId ? -1 : 1));
  const domains = rows.flatMap(({ submitterId, domains: of }) =>
    [...of].sort().map((domain) => ({ submitterId, domain })),
  );
  const answers = await run<LearnedRow>(pool, NOTE, [
    uuids(rows.map(({ submitterId }) => submitterId)),
    int4s(rows.map(({ messages }) => messages)),
    int4s(rows.map(({ recipients }) => recipients)),
    int4s(rows.map(({ fromNewNetwork }) => fromNewNetwork)),
    uuids(domains.map(({ submitterId }) => submitterId)),
    texts(domains.map(({ domain }) => domain)),
  ]);
  return answers.map(
    ([submitterId, messages, recipients, newDomains, fromNewNetwork, hours, mostRecipients, mostNewDomains]) => ({
      submitterId,
      hour: { messages, recipients, newDomains, fromNewNetwork },
      hours,
      mostRecipients,
      mostNewDomains,
    }),
  );
}

type LearnedRow = readonly [
  submitterId: string,
  messages: number,
  recipients: number,
  newDomains: number,
  fromNewNetwork: number,
  hours: number,
  mostRecipients: number,
  mostNewDomains: number,
];

const LEARNED_FROM = '28 days';

/** Domains that are there already add nothing; the hours before this one are what was learned. */
const NOTE: Statement = {
  name: 'note-traffic',
  text: `
    with traffic as materialized (
      select unnest($1::uuid[]) as id, unnest($2::int[]) as messages, unnest($3::int[]) as recipients,
        unnest($4::int[]) as from_new
    ), fresh as (
      insert into submitter_domains (submitter_id, domain_hash)
      select unnest($5::uuid[]), hashtextextended(unnest($6::text[]), 0)
      on conflict do nothing returning submitter_id
    ), noted as (
      insert into submitter_hours as h (submitter_id, hour, messages, recipients, new_domains, from_new_network)
      select id, date_trunc('hour', now()), messages, recipients,
        (select count(*) from fresh f where f.submitter_id = t.id), from_new
      from traffic t order by id
      on conflict (submitter_id, hour) do update set messages = h.messages + excluded.messages,
        recipients = h.recipients + excluded.recipients, new_domains = h.new_domains + excluded.new_domains,
        from_new_network = h.from_new_network + excluded.from_new_network
      returning *
    )
    select n.submitter_id, n.messages, n.recipients, n.new_domains, n.from_new_network, p.hours::int,
      coalesce(p.recipients, 0), coalesce(p.new_domains, 0)
    from noted n cross join lateral (
      select count(*) as hours, max(o.recipients) as recipients, max(o.new_domains) as new_domains
      from submitter_hours o
      where o.submitter_id = n.submitter_id and o.hour < n.hour and o.hour > n.hour - interval '${LEARNED_FROM}') p`,
};

/** Messages that are looked at; the latest tell how it is now. */
const LATEST = 500;

/** The latest messages of a submitter along the index of its kind; an id is of one kind alone. */
function latest(column: 'credential_id' | 'network_id'): string {
  return `(select m.id from messages m where m.${column} = g.id and m.accepted_at > g.since order by m.id desc limit ${LATEST})`;
}

const BOUNCES: Statement = {
  name: 'bounces-of',
  text: `
    select g.id, c.ended::int, c.bounced::int
    from (select unnest($1::uuid[]) as id, unnest($2::timestamptz[]) as since) g
    cross join lateral (
      select count(*) filter (where r.state in ('delivered', 'bounced')) as ended,
        count(*) filter (where r.state = 'bounced') as bounced
      from (${latest('credential_id')} union all ${latest('network_id')}) m join recipients r on r.message_id = m.id) c`,
};

async function depart(client: ClientBase, { submitterId, kind, name, hold, reasons }: Departure): Promise<void> {
  const held = hold
    ? (await runIn(client, kind === 'credential' ? HOLD_CREDENTIAL : HOLD_NETWORK, [submitterId])).length
    : 0;
  const does = hold ? 'New mail of it is held until it is released.' : 'Its mail goes on; the guard only observes.';
  const text = `${name} departs from what it used to send: ${reasons.join('; ')}. ${does}`;
  await runIn(client, RAISE, [kind, submitterId, name, text, JSON.stringify({ reasons, held: hold })]);
  if (held > 0) await runIn(client, TELL, [SUBMITTER_CHANNEL, submitterId]);
}

const HOLD_CREDENTIAL = hold('credentials');
const HOLD_NETWORK = hold('listed_networks');

function hold(table: string): Statement {
  return {
    name: `hold-${table}`,
    text: `update ${table} set held_since = now() where id = $1::uuid and held_since is null and guard_mode = 'hold' returning id`,
  };
}

/** An event that is open already is told again, not raised twice. */
const RAISE: Statement = {
  name: 'raise-departure',
  text: `
    insert into events as e (kind, severity, subject_kind, subject_id, subject_name, text, facts)
    values ($1::text || '.departure', 'critical', $1::text, $2::text, $3::text, $4::text, $5::text::jsonb)
    on conflict (kind, subject_id) where resolved_at is null
    do update set last_at = now(), times = e.times + 1, text = excluded.text, facts = excluded.facts`,
};

const TELL: Statement = { name: 'tell-submitter', text: 'select pg_notify($1::text, $2::text)' };

const FORGET: Statement = {
  name: 'forget-old-hours',
  text: `delete from submitter_hours where hour < now() - interval '60 days'`,
};
