import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { waitFor } from '@postern/lab';
import { describe, expect, test } from 'vitest';
import { Installation, labInternet, type Started } from '../src/index.ts';

const QUICK_MS = 10_000;

test('npm start says once that it is ready, answers everywhere, and the command that it prints sends a mail', async () => {
  await using internet = await labInternet();
  await using place = await Installation.make({
    POSTERN_DNS_SERVERS: `${internet.zone.address}:${internet.zone.port}`,
    POSTERN_DELIVERY_PORT: String(internet.host.port),
    POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
  });
  const first = await place.start('npm').ready();
  expect(first.said.match(/^postern ready$/gm)).toHaveLength(1);
  const page = await fetch(`http://127.0.0.1:${place.ports.console}/sign-in`);
  expect([page.status, (await fetch(`http://127.0.0.1:${place.ports.api}/health/ready`)).status]).toEqual([200, 200]);
  expect(first.said).toContain(`http://127.0.0.1:${place.ports.console}\n`);
  const password = /Admin password {2}(\S+)/.exec(first.said)?.[1];
  await expect(signIn(place, 'admin@postern.internal', password ?? '')).resolves.toBe(200);
  for (const shell of ['bash', 'dash']) await promisify(execFile)(shell, ['-c', printedCommand(first)]);
  const received = await internet.host.waitForCount(2, 20_000);
  expect(received.map((each) => each.forwardPaths)).toEqual([['you@receiver.example'], ['you@receiver.example']]);
  expect(internet.host.misbehaviour).toEqual([]);

  first.interrupt();
  expect(await first.ended).toBe(0);
  await place.nothingLeft();
  const second = await place.start('npm').ready();
  expect(second.said).not.toMatch(/installing|building/);
  second.signal('SIGTERM');
  await second.ended;
  await place.nothingLeft(QUICK_MS);
});

describe.each([
  ['the database is made', 'cluster.new-'],
  ['the schema is made', 'migrate deploy'],
  ['the services start', 'apps/submission/dist/main.js'],
])('asked to stop while %s', (_moment, words) => {
  test.each(['Ctrl-C', 'SIGTERM to npm', 'SIGTERM to node', 'Ctrl-C twice'] as const)(
    '%s leaves nothing',
    async (how) => {
      await using place = await Installation.make();
      const started = place.start(how === 'SIGTERM to node' ? 'script' : 'npm');
      await place.seen(words);
      ask(started, how);
      await inTime(started.ended);
      await place.nothingLeft(1_000);
      expect(started.said).not.toContain('postern ready');
      expect(started.said).not.toContain('cannot start');
    },
  );
});

test('every way to stop it when it is ready ends everything, quickly and with exit code 0', async () => {
  await using place = await Installation.make();
  for (const how of ['Ctrl-C', 'SIGTERM to npm', 'SIGTERM to node', 'Ctrl-C twice'] as const) {
    const started = await place.start(how === 'SIGTERM to node' ? 'script' : 'npm').ready();
    ask(started, how);
    expect([how, await inTime(started.ended)]).toEqual([how, 0]);
    await place.nothingLeft(1_000);
  }
});

test('when any process of the start is killed, what is left over is no trouble for the next start', async () => {
  await using place = await Installation.make();
  for (const words of ['npm start', 'scripts/start.mjs', 'main.js up']) {
    await place.start('npm').ready();
    const victim = await place.seen(words);
    process.kill(victim.pid, 'SIGKILL');
    await waitFor(() => place.processes().every((each) => /postgres/.test(each.command)), {
      what: `every process of Node to be gone after ${words}`,
      timeoutMs: QUICK_MS,
    });
  }
  const again = await place.start('up').ready();
  again.signal('SIGTERM');
  expect(await inTime(again.ended)).toBe(0);
  await place.nothingLeft(1_000);
});

test('a second start beside the first is told so in one message, and the first is unharmed', async () => {
  await using place = await Installation.make();
  const first = await place.start().ready();
  for (const command of ['npm', 'up'] as const) {
    const second = place.start(command);
    expect(await second.ended).toBe(1);
    expect(second.said.match(/Postern cannot start.*/g)).toEqual([
      `Postern cannot start: Postern runs already on the data directory ${place.dataDir} (process ${first.pid}). Stop that one first, or give this one a POSTERN_DATA_DIR and POSTERN_LISTEN_… addresses of its own`,
    ]);
  }
  expect((await fetch(`http://127.0.0.1:${place.ports.api}/health/ready`)).status).toBe(200);
  first.signal('SIGTERM');
  expect(await inTime(first.ended)).toBe(0);
  await place.nothingLeft(1_000);
});

test('each service is started again when it crashes', async () => {
  await using place = await Installation.make();
  const started = await place.start().ready();
  for (const service of ['submission', 'delivery', 'api', 'console']) {
    const words = service === 'console' ? 'apps/console/server.mjs' : `apps/${service}/dist/main.js`;
    const { pid } = await place.seen(words);
    process.kill(pid, 'SIGKILL');
    await waitFor(() => place.processes().some((each) => each.command.includes(words) && each.pid !== pid), {
      what: `${service} to be there again`,
    });
    expect(started.said).toContain(`${service} ended (SIGKILL)`);
  }
  started.signal('SIGTERM');
  expect(await inTime(started.ended)).toBe(0);
  await place.nothingLeft(1_000);
});

test('the postmaster comes back after SIGKILL, and mail goes on', async () => {
  await using internet = await labInternet();
  await using place = await Installation.make({
    POSTERN_DNS_SERVERS: `${internet.zone.address}:${internet.zone.port}`,
    POSTERN_DELIVERY_PORT: String(internet.host.port),
    POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
  });
  const started = await place.start().ready();
  for (const count of [1, 2]) {
    const { pid } = await place.seen('bin/postgres -D');
    process.kill(pid, 'SIGKILL');
    await waitFor(() => place.processes().some((each) => /bin\/postgres -D/.test(each.command) && each.pid !== pid), {
      what: 'another postmaster',
    });
    await waitFor(() => promisify(execFile)('bash', ['-c', printedCommand(started)]), {
      what: 'a mail to be accepted',
      timeoutMs: 30_000,
      everyMs: 200,
    });
    await internet.host.waitForCount(count, 30_000);
  }
  started.signal('SIGTERM');
  expect(await inTime(started.ended)).toBe(0);
  await place.nothingLeft(1_000);
});

function ask(started: Started, how: 'Ctrl-C' | 'SIGTERM to npm' | 'SIGTERM to node' | 'Ctrl-C twice'): void {
  if (how.startsWith('SIGTERM')) return started.signal('SIGTERM');
  started.interrupt();
  if (how === 'Ctrl-C twice') started.interrupt();
}

async function inTime<T>(end: Promise<T>): Promise<T> {
  const answer = end.then((value) => [value] as const);
  const [value] = await waitFor(() => answer, { what: 'an end', timeoutMs: QUICK_MS });
  return value;
}

/** The command as it is printed, for a recipient of the lab. */
function printedCommand({ said }: Started): string {
  const command = /^ +printf .*\n.*\n.*--upload-file -$/m.exec(said)?.[0];
  if (!command) throw new Error(`No command was printed:\n${said}`);
  return command.replaceAll('you@example.com', 'you@receiver.example');
}

async function signIn(place: Installation, email: string, password: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${place.ports.api}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return response.status;
}
