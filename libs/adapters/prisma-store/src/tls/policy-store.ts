import type { LocalRule, PolicyStore, StoredSts } from '@postern/destination-policy';
import type { StsFault, StsPolicy } from '@postern/tls-policy';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** The policies of destinations and the rules of operators, as delivery needs them. */
export interface TlsStore extends PolicyStore {
  /** All local rules that are not over, in the order in which they were made. */
  listRules(): Promise<readonly LocalRule[]>;
}

export function tlsStore(pool: Pool): TlsStore {
  return {
    async findSts(domain) {
      const [row] = await run<StsRow>(pool, FIND, [domain]);
      return row && stored(domain, row);
    },
    async stsChangedSince(since) {
      return (await run<readonly [string]>(pool, CHANGED, [since])).map(([domain]) => domain);
    },
    async keepSts(domain, { id, policy, fetchedAt, expiresAt }) {
      const { mode, mx, maxAgeSeconds } = policy;
      await run(pool, KEEP, [domain, id, mode, JSON.stringify(mx), maxAgeSeconds, fetchedAt, expiresAt]);
    },
    async keepStsFault(domain, { id, at, fault }) {
      await run(pool, KEEP_FAULT, [domain, id, at, fault.resultType, fault.because.slice(0, 1_000)]);
    },
    async takeStsToRefresh(before, limit) {
      return (await run<readonly [string]>(pool, TAKE, [before, limit])).map(([domain]) => domain);
    },
    async listRules() {
      return (await run<RuleRow>(pool, RULES, [])).map(rule);
    },
  };
}

type StsRow = readonly [
  id: string | null,
  mode: StsPolicy['mode'] | null,
  mx: string,
  maxAgeSeconds: number | null,
  fetchedAt: Date | null,
  expiresAt: Date | null,
  triedAt: Date,
  triedId: string,
  faultType: StsFault['resultType'] | null,
  faultText: string | null,
];

function stored(domain: string, row: StsRow): StoredSts {
  const [id, mode, mx, maxAgeSeconds, fetchedAt, expiresAt, triedAt, triedId, faultType, faultText] = row;
  return {
    domain,
    triedAt,
    triedId,
    ...(id !== null && mode !== null && maxAgeSeconds !== null && fetchedAt !== null && expiresAt !== null
      ? { kept: { id, policy: { mode, mx: JSON.parse(mx) as string[], maxAgeSeconds }, fetchedAt, expiresAt } }
      : {}),
    ...(faultType === null ? {} : { fault: { resultType: faultType, because: faultText ?? '' } }),
  };
}

const FIND: Statement = {
  name: 'find-sts',
  text: `
    select policy_id, mode, array_to_json(mx)::text, max_age_seconds, fetched_at, expires_at, tried_at, tried_id,
      fault_type, fault_text
    from sts_policies where domain = $1::text`,
};

const CHANGED: Statement = {
  name: 'sts-changed',
  text: 'select domain from sts_policies where tried_at >= $1::timestamptz',
};

const KEEP: Statement = {
  name: 'keep-sts',
  text: `
    insert into sts_policies (domain, policy_id, mode, mx, max_age_seconds, fetched_at, expires_at, tried_at, tried_id)
    values ($1::text, $2::text, $3::text, array(select json_array_elements_text($4::json)), $5::int, $6::timestamptz,
      $7::timestamptz, $6::timestamptz, $2::text)
    on conflict (domain) do update set policy_id = excluded.policy_id, mode = excluded.mode, mx = excluded.mx,
      max_age_seconds = excluded.max_age_seconds, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,
      tried_at = excluded.tried_at, tried_id = excluded.tried_id, fault_type = null, fault_text = null`,
};

/** The policy that is kept stays as it is (RFC 8461 §3.3). */
const KEEP_FAULT: Statement = {
  name: 'keep-sts-fault',
  text: `
    insert into sts_policies (domain, mx, tried_at, tried_id, fault_type, fault_text)
    values ($1::text, '{}', $3::timestamptz, $2::text, $4::text, $5::text)
    on conflict (domain) do update set tried_at = excluded.tried_at, tried_id = excluded.tried_id,
      fault_type = excluded.fault_type, fault_text = excluded.fault_text`,
};

/**
 * A policy of a day must not end before it was looked at again: it is, when half of its time is over. What could not be
 * fetched is tried every hour. What is taken counts as tried ten minutes ago, so that nobody else takes it; what is over is not
 * fetched again but by mail.
 */
const TAKE: Statement = {
  name: 'take-sts',
  text: `
    update sts_policies set tried_at = now() - interval '10 minutes' where domain = any(array(
      select domain from sts_policies
      where expires_at > now() and tried_at < now() - interval '15 minutes'
        and (tried_at < $1::timestamptz or tried_at < now() - make_interval(secs => max_age_seconds / 2)
          or (fault_type is not null and tried_at < now() - interval '1 hour'))
      order by tried_at limit $2::int for update skip locked))
    returning domain`,
};

type RuleRow = readonly [
  id: string,
  kind: string,
  scope: string,
  channel: LocalRule['channel'],
  minVersion: LocalRule['minVersion'] | null,
  ciphers: string,
  expired: boolean,
  until: Date | null,
  reason: string,
];

function rule([id, kind, scope, channel, minVersion, ciphers, expired, until, reason]: RuleRow): LocalRule {
  const suites = JSON.parse(ciphers) as string[];
  return {
    id,
    scope:
      kind === 'route'
        ? { kind, name: scope }
        : kind === 'credential'
          ? { kind, id: scope }
          : { kind: 'domain', pattern: scope },
    channel,
    reason,
    ...(minVersion ? { minVersion } : {}),
    ...(suites.length > 0 ? { ciphers: suites } : {}),
    ...(expired ? { expired: 'allowed' as const } : {}),
    ...(until ? { until } : {}),
  };
}

const RULES: Statement = {
  name: 'list-tls-rules',
  text: `
    select id::text, scope_kind, scope, channel, min_version, array_to_json(ciphers)::text, expired, until, reason
    from tls_rules where until is null or until > now() order by created_at, id`,
};
