import { PrismaPg } from '@prisma/adapter-pg';
import { testDatabase } from '@postern/database';
import { test as base, expect } from 'vitest';
import { PrismaClient } from '../generated/client.ts';
import type { JointPool } from './joint-pool.ts';
import { openJointPool } from './open-pool.ts';

const log = { info: () => undefined, warn: () => undefined };

const test = base.extend<{ pool: JointPool; names: () => Promise<unknown[]> }>({
  // eslint-disable-next-line no-empty-pattern
  pool: async ({}, use) => {
    const database = await testDatabase();
    const pool = openJointPool({ databaseUrl: database.url, poolSize: 2, log });
    await pool.query('create table kept (name text primary key)');
    await use(pool);
    await pool.end();
    await database.close();
  },
  names: async ({ pool }, use) => {
    await use(async () =>
      (await pool.query<{ name: string }>('select name from kept order by name')).rows.map((each) => each.name),
    );
  },
});

test('what two libraries do in their own transactions is undone together', async ({ pool, names }) => {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const both = (end: () => void) =>
    pool.together(async () => {
      await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`insert into kept values ('by prisma')`;
      });
      await keepInOwn(pool, 'by another');
      await pool.query("insert into kept values ('in none')");
      end();
    });
  const fail = () => {
    throw new Error('not so');
  };
  await expect(both(fail)).rejects.toThrow('not so');
  expect(await names()).toEqual([]);
  await both(() => undefined);
  expect(await names()).toEqual(['by another', 'by prisma', 'in none']);
  await prisma.$disconnect();
});

test('a transaction inside that is rolled back takes nothing else with it, also one inside of that', async ({
  pool,
  names,
}) => {
  await pool.together(async () => {
    await keepInOwn(pool, 'before');
    const client = await pool.connect();
    await client.query('begin');
    await client.query("insert into kept values ('undone')");
    await keepInOwn(pool, 'undone with it');
    await client.query({ text: 'ROLLBACK' });
    client.release();
    await keepInOwn(pool, 'after');
  });
  expect(await names()).toEqual(['after', 'before']);
});

test('a statement that failed and was overlooked is no success', async ({ pool, names }) => {
  const overlooked = pool.together(async () => {
    await pool.query("insert into kept values ('one')");
    await pool.query('select no_such_thing').catch(() => undefined);
  });
  await expect(overlooked).rejects.toThrow('undone');
  expect(await names()).toEqual([]);
});

test('who asks beside it, or after its end, is not in it', async ({ pool, names }) => {
  const late = Promise.withResolvers<void>();
  let afterwards: Promise<unknown> | undefined;
  const inside = pool.together(async () => {
    await pool.query("insert into kept values ('inside')");
    afterwards = late.promise.then(() => pool.query("insert into kept values ('late')"));
    throw new Error('not so');
  });
  const undone = expect(inside).rejects.toThrow('not so');
  await pool.query("insert into kept values ('beside')");
  await undone;
  late.resolve();
  await afterwards;
  expect(await names()).toEqual(['beside', 'late']);
});

async function keepInOwn(pool: JointPool, name: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into kept values ($1)', [name]);
    await client.query('commit');
  } finally {
    client.release();
  }
}
