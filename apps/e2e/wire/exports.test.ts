import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onDatabase, scenario } from '../src/index.ts';

const ROWS = 10_000;
const MIB = 1024 * 1024;

test('long exports to fast readers and to one who stops reading leave the memory of the API as it was', async () => {
  await using world = await scenario({ services: [] });
  const { gateway } = world;
  const email = 'ada@lab.example';
  const made = await gateway.json<{ password: string }>(['account', 'create', '--email', email, '--name', 'Ada']);
  await onDatabase(world, (client) =>
    client.query(
      `insert into suppressions (id, address, scope, class, source, evidence, created_by)
       select gen_random_uuid(), 'a' || n || '@example.com', '*', 'manual', 'manual', repeat('x', 1500), 'tests'
       from generate_series(1, ${ROWS}) n`,
    ),
  );
  await gateway.run('api');
  const api = `http://127.0.0.1:${gateway.ports.api}/api/v1`;
  const headers = { 'content-type': 'application/json' };
  const signedIn = await fetch(`${api}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: made.password }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const stopped = new AbortController();
  const download = (signal?: AbortSignal) =>
    fetch(`${api}/suppressions.csv`, { headers: { cookie }, ...(signal ? { signal } : {}) });
  const before = peakMemory(gateway.pid('api'));
  const held = await download(stopped.signal);
  const lines = await Promise.all([linesOf(await download()), linesOf(await download()), linesOf(await download())]);
  const peak = peakMemory(gateway.pid('api'));
  console.info(`api: ${Math.round(before / MIB)} MiB before exports, at most ${Math.round(peak / MIB)} MiB in them`);
  expect(held.status).toBe(200);
  expect(lines).toEqual([ROWS + 1, ROWS + 1, ROWS + 1]);
  expect(peak - before).toBeLessThan(60 * MIB);
  expect(peak).toBeLessThan(300 * MIB);
  stopped.abort();
});

async function linesOf({ body }: Response): Promise<number> {
  let lines = 0;
  for await (const piece of body ?? []) for (const octet of piece) if (octet === 0x0a) lines += 1;
  return lines;
}

/** The most memory that a process has held, in octets. */
function peakMemory(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
