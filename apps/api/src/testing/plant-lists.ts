import type { Store } from '@postern/prisma-store';

/** What mail brings and no request makes, two of each, so that each list has a second page: attempts, and reports both ways; and a source for the pool of the samples. */
export async function plantLists({ pool }: Store, message: string): Promise<void> {
  await pool.query(`
    insert into sources (id, name, pool, addresses, ehlo_name, weight, warm_up)
    values (gen_random_uuid(), 'in-the-pool', 'x', '{192.0.2.99}', 'out.example.org', 1, '{}');
    insert into bounce_rule_sets (version, rules, created_by) select n, '[]', 'tests' from generate_series(900, 901) n;
    insert into tls_reports_sent (id, day, domain, report_id, file_name, destination, content)
    select gen_random_uuid(), date '2026-01-01' + n, 'example.com', 'r' || n, 'r.json.gz', 'mailto:tls@example.com', ''
    from generate_series(1, 2) n;
    insert into tls_reports_received (id, organization, report_id, start_at, end_at, domains, successes, failures, report)
    select gen_random_uuid(), 'Example', 'r' || n, now() - n * interval '1 day', now(), '{example.org}', 1, 0, '{}'
    from generate_series(1, 2) n`);
  await pool.query(
    `insert into returned_reports (id, message_id, kind, client_address)
     select gen_random_uuid(), $1, 'dsn', '192.0.2.9' from generate_series(1, 2)`,
    [message],
  );
  await pool.query(
    `insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
       reply_code, maybe_delivered, late, stage, steps_ms, reply_text, policy)
     select $1, 1, n, 1, gen_random_uuid(), now() + n * interval '1 second', 5, 'deferred', 'remote', 451, false, false,
       'MAIL', '{}', 'later', 'opportunistic' from generate_series(1, 2) n`,
    [message],
  );
}
