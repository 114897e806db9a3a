const QUEUES = 10_000;

/** Writes deferred recipients into the store, due over the next hours, in many queues; each message has one. */
export async function makeBacklog(client, recipients) {
  const started = performance.now();
  await client.query('begin');
  await client.query(
    `insert into delivery_queues (kind, name) select 'site', 'mx.dead' || n || '.example' from generate_series(1, ${QUEUES}) n`,
  );
  await client.query(
    `create temporary table made on commit drop as
     select ('01890000' || lpad(to_hex(n / 65536), 4, '0') || '7' || lpad(to_hex(n % 65536 / 16), 3, '0') || '8' || lpad(to_hex(n % 16), 3, '0') || '000000000000')::uuid as id,
       n, (select min(id) from delivery_queues where kind = 'site') + n % ${QUEUES} as queue_id
     from generate_series(1, $1::int) n`,
    [recipients],
  );
  await client.query(
    `insert into messages select id, now() - interval '1 day', null, null, 10240, 1, 1, 1, '7BIT', 'submission', false,
       'bulk@example.org', 'Bulk <bulk@example.org>', 'Newsletter ' || n, '<' || n || '@example.org>', '127.0.0.1', 'client', null, null, '\\x52'
     from made`,
  );
  await client.query(
    `insert into recipients (message_id, number, siblings, queue_id, state, attempts, last_code, last_enhanced, domain, forward_path)
     select id, 1, 1, queue_id, 'deferred', 3, 451, '4.4.1', 'dead' || n % ${QUEUES} || '.example', 'user' || n || '@dead' || n % ${QUEUES} || '.example' from made`,
  );
  await client.query(
    `insert into waiting_recipients (message_id, due_at, queue_id, state, number)
     select id, now() + interval '1 hour' + random() * interval '4 hours', queue_id, 'deferred', 1 from made`,
  );
  await client.query(
    `insert into queue_changes (queue_id, state, recipients, accepted) select queue_id, 'deferred', count(*), count(*) from made group by queue_id`,
  );
  await client.query(
    `insert into contents (message_id, chunk, octets) select id, 0, decode(repeat('52', 200), 'hex') from made`,
  );
  await client.query('commit');
  console.log(
    `backlog of ${recipients} recipients in ${QUEUES} queues, ${Math.round((performance.now() - started) / 1_000)} s`,
  );
}
