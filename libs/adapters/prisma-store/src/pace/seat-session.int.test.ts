import { testDatabase } from '@postern/database';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { SeatSession } from './seat-session.ts';

const nothing = () => undefined;

test('a hundred lanes that begin at once are all seated, and no other session seats one of them', async () => {
  const { open } = await seats();
  const [ours, theirs] = [await open(), await open()];
  const lanes = Array.from({ length: 100 }, (_, lane) => ({ queueId: 7, lane }));
  expect(await Promise.all(lanes.map((lane) => ours.take(lane)))).toEqual(lanes.map(() => true));
  expect(await Promise.all(lanes.map((lane) => theirs.take(lane)))).toEqual(lanes.map(() => false));
  await Promise.all(lanes.map((lane) => ours.leave(lane)));
  expect(await Promise.all(lanes.map((lane) => theirs.take(lane)))).toEqual(lanes.map(() => true));
});

test('a lane that leaves and begins again in one breath has its seat, once', async () => {
  const { open } = await seats();
  const [ours, theirs] = [await open(), await open()];
  const lane = { queueId: 7, lane: 0 };
  expect(await Promise.all([ours.take(lane), ours.take(lane), ours.leave(lane), ours.take(lane)])).toEqual([
    true,
    false,
    undefined,
    true,
  ]);
  expect(ours.has(lane)).toBe(true);
  await ours.leave(lane);
  expect(await theirs.take(lane)).toBe(true);
});

test('what lanes ask at once goes to the driver one question at a time', async () => {
  const warned: string[] = [];
  const note = (warning: Error) => void warned.push(warning.message);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  const { open } = await seats();
  const session = await open();
  await Promise.all([0, 1, 2, 3].map((lane) => session.take({ queueId: 7, lane })));
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toEqual([]);
});

test('a server that does not answer any more holds no seat for us: the session is over, and who waits is told', async () => {
  const { open, sql } = await seats();
  let over = 0;
  const session = await open(() => (over += 1), 300);
  const lane = { queueId: 7, lane: 0 };
  await session.take(lane);
  const pid = Number(await sql(`select pid from pg_locks where locktype = 'advisory' and classid = 7`));
  process.kill(pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(pid, 'SIGCONT'));
  const asked = [1, 2, 3].map((number) => session.take({ queueId: 7, lane: number }));
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect([session.has(lane), over]).toEqual([false, 1]);
});

/** A database, and sessions on it that end with the test. */
async function seats() {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const sessions: SeatSession[] = [];
  onTestFinished(async () => {
    for (const session of sessions) await session.end();
    await client.end();
    await database.close();
  });
  const open = async (onOver: () => void = nothing, answerMs?: number) => {
    const session = await SeatSession.open(database.url, onOver, answerMs);
    sessions.push(session);
    return session;
  };
  const sql = async (text: string): Promise<unknown> =>
    Object.values((await client.query<Record<string, unknown>>(text)).rows[0] ?? {})[0];
  return { open, sql };
}
