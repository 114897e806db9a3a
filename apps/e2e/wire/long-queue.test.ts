import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Load, onDatabase, scenario } from '../src/index.ts';

/** Recipients that wait. A million of them takes minutes to write, and changes nothing. */
const WAITING = Number(process.env['LONG_QUEUE'] ?? 50_000);
const MIB = 1024 * 1024;
const SERVICES = ['submission', 'delivery', 'api'] as const;

test(
  `a queue of ${WAITING} recipients is not held in memory: mail goes past it, and no process takes 300 MiB`,
  { timeout: 900_000 },
  async () => {
    await using world = await scenario({ services: [], host: { token: 'X-Token' } });
    const { gateway, internet } = world;
    await gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
    await onDatabase(world, async (client) => {
      for (const statement of BACKLOG) await client.query(statement.replaceAll('WAITING', String(WAITING)));
    });
    for (const service of SERVICES) await gateway.run(service);
    const load = new Load({ port: gateway.ports.relay, sessions: 10 });
    await internet.host.waitForCount(300, 120_000);
    await load.stop();
    await internet.host.waitForCount(load.acknowledged.size, 60_000);
    const { deferred } = await gateway.json<{ deferred: number }>(['ledger']);
    expect(deferred).toBe(WAITING);
    for (const service of SERVICES) {
      const peak = peakMemory(gateway.pid(service));
      console.info(`${service} beside ${WAITING}: at most ${Math.round(peak / MIB)} MiB`);
      expect(peak).toBeLessThan(300 * MIB);
    }
  },
);

/** Deferred recipients, due in an hour, in a thousand queues. */
const BACKLOG = [
  `insert into delivery_queues (kind, name) select 'site', 'mx.late' || n || '.example' from generate_series(1, 1000) n`,
  `create temporary table made as
   select gen_random_uuid() as id, n, (select min(id) from delivery_queues where name like 'mx.late%') + n % 1000 as queue_id
   from generate_series(1, WAITING) n`,
  `insert into messages (id, accepted_at, size_octets, content_chunks, recipients, open_recipients, body, listener, smtp_utf8,
     reverse_path, header_from, subject, message_id_field, client_address, client_name, trace_fields)
   select id, now(), 1000, 1, 1, 1, '7BIT', 'submission', false, 'bulk@lab.example', 'bulk@lab.example', 'Newsletter',
     '<' || n || '@lab.example>', '127.0.0.1', 'client', '\\x52' from made`,
  `insert into recipients (message_id, number, siblings, queue_id, state, attempts, domain, forward_path)
   select id, 1, 1, queue_id, 'deferred', 1, 'late.example', 'user' || n || '@late.example' from made`,
  `insert into waiting_recipients (message_id, due_at, queue_id, state, number)
   select id, now() + interval '1 hour', queue_id, 'deferred', 1 from made`,
  `insert into contents (message_id, chunk, octets) select id, 0, decode(repeat('52', 1000), 'hex') from made`,
  `insert into queue_changes (queue_id, state, recipients, accepted)
   select queue_id, 'deferred', count(*), count(*) from made group by queue_id`,
];

/** The most memory that a process has held, in octets. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
