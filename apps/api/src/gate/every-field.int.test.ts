import { PERMISSIONS, ROUTES, type Route } from '@postern/admin-contract';
import { hashPassword } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../start-api.ts';
import { acceptMessage } from '../testing/accept-message.ts';
import { plantLists } from '../testing/plant-lists.ts';
import { configurationFor, EMAIL, PASSWORD } from '../testing/running-api.ts';
import {
  another,
  documentedOperations,
  withEachLeaf,
  withEachObject,
  type Operation,
} from '../testing/sample-request.ts';

const MARKER = 'planted-by-nobody';
/** What ends things, or us: asked last. */
const ENDS = /^(?:remove|revoke|end|signOut|changePassword)/;
/** A stream has no end of its own. */
const OPERATIONS = documentedOperations().filter(({ name }) => name !== 'stream');
const IN_ORDER = [...OPERATIONS].sort((a, b) => Number(ENDS.test(a.name)) - Number(ENDS.test(b.name)));

let url = '';
let store: Store;
let api: RunningApi;
let database: Awaited<ReturnType<typeof testDatabase>>;
let cookie = '';
/** The id of what was made under a path. */
const made = new Map<string, string>();

beforeAll(async () => {
  database = await testDatabase();
  const log = logger({ service: 'api', level: 'silent' });
  store = createStore({ databaseUrl: database.url, poolSize: 2, log });
  const passwordHash = await hashPassword(PASSWORD);
  await store.admin.change((changes) =>
    changes.addAccount({ email: EMAIL, name: 'owner', role: 'owner', passwordHash }),
  );
  const more = { POSTERN_API_REQUESTS_PER_MINUTE: '1000000', POSTERN_DNS_SERVERS: '127.0.0.1:9' };
  api = await startApi(configurationFor(database.url, more), log);
  url = api.urls[0] ?? '';
  const octets = Buffer.from('Subject: hi\r\n\r\nhi\r\n');
  const to = ['b@example.com', 'c@example.com'];
  for (let count = 0; count < 2; count++) made.set('/api/v1/messages', await acceptMessage(store, { octets, to }));
  await plantLists(store, made.get('/api/v1/messages') ?? '');
  const event = { kind: 'sample', severity: 'warning', text: 'something' } as const;
  for (const name of ['one', 'two'])
    await store.admin.change((changes) =>
      changes.raiseEvent({ ...event, subject: { kind: 'process', id: name, name }, facts: {} }),
    );
  const answer = await ask('POST', '/api/v1/session', { email: EMAIL, password: PASSWORD });
  cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
});

afterAll(async () => {
  await api.stop();
  await store.close();
  await database.close();
});

test('what a creation is documented to take, it takes', async () => {
  for (const operation of OPERATIONS) {
    if (!operation.creates || MADE_BY_A_DEVICE.has(operation.name)) continue;
    const { status, text } = await ask('POST', pathOf(operation), operation.body);
    expect(status, `${operation.name}, whose sample is in sample-request.ts: ${text}`).toBe(201);
    const id = /"id":"?([^",}]+)/.exec(text)?.[1];
    if (id) made.set(withoutNames(operation.path), id);
    await ask('POST', pathOf(operation), another(operation.body));
  }
});

test('a field that nobody knows is refused in every object of every body, and stored nowhere', async () => {
  for (const operation of OPERATIONS)
    for (const body of withEachObject(operation.body, MARKER, MARKER)) {
      const { status } = await ask(operation.method, pathOf(operation), body);
      expect(status, `${operation.name} ${JSON.stringify(body)}`).toBe(400);
    }
  expect(await tablesWith(MARKER)).toEqual([]);
});

test('what belongs to a session is refused to an API key, whatever it may do', async () => {
  const body = { name: 'everything', permissions: PERMISSIONS };
  const { key } = JSON.parse((await ask('POST', '/api/v1/api-keys', body)).text);
  const headers = { authorization: `Bearer ${key}` };
  const routes = Object.entries<Route>(ROUTES).filter(([, { permission }]) => permission === 'signed-in');
  for (const operation of OPERATIONS.filter(({ name }) => routes.some(([each]) => each === name))) {
    const { status } = await ask(operation.method, pathOf(operation), operation.body, headers);
    expect(status, operation.name).toBe(operation.name === 'showListeners' ? 200 : 403);
  }
});

test('a cursor of another list, of another question or of nobody shows nothing that the list does not show', async () => {
  const lists = OPERATIONS.filter(({ query }) => 'cursor' in query);
  const own = new Map<Operation, string>();
  for (const list of lists) {
    const { text } = await ask('GET', `${pathOf(list)}?limit=1${list.name === 'listQueues' ? '&show=all' : ''}`);
    const cursor: unknown = JSON.parse(text).nextCursor;
    expect(cursor, `there are two of what ${list.name} shows`).toEqual(expect.any(String));
    own.set(list, String(cursor));
  }
  for (const [list, mine] of own) {
    const { cursor: _cursor, limit: _limit, ...filter } = list.query;
    const key: unknown = JSON.parse(Buffer.from(mine, 'base64url').toString());
    const tampered = [...withEachLeaf(key, hostile)].map(({ value }) => cursorOf(value));
    await expectNothingElse(list, {}, [...own.values(), ...FORGED.map(cursorOf), ...tampered, mine.slice(0, -3)]);
    await expectNothingElse(list, filter, [mine]);
  }
}, 60_000);

/** With each of these cursors a list shows part of what it shows without one, or refuses it. */
async function expectNothingElse(list: Operation, question: object, cursors: readonly string[]): Promise<void> {
  const all = await ask('GET', `${pathOf(list)}?${questionOf({ ...question, limit: 200 })}`);
  const shown = all.status === 200 ? itemsOf(all.text) : [];
  const answers = await Promise.all(
    cursors.map(async (cursor) => ({
      cursor,
      ...(await ask('GET', `${pathOf(list)}?${questionOf({ ...question, cursor })}`)),
    })),
  );
  for (const { cursor, status, text } of answers) {
    expect([200, 400, 404], `${list.name} ${cursor}: ${text}`).toContain(status);
    if (status === 200) expect(shown, list.name).toEqual(expect.arrayContaining([...itemsOf(text)]));
  }
}

test('whatever stands in a field of a body or a question, it is refused or a text, and never a fault', async () => {
  const faults: string[] = [];
  for (const operation of IN_ORDER) {
    const path = pathOf(operation);
    const asked = [
      ...[...withEachLeaf(operation.body ?? {}, hostile)].map(({ value }) => [path, value] as const),
      ...[...withEachLeaf(operation.query, hostile)].map(({ value }) => [`${path}?${questionOf(value)}`] as const),
    ];
    await Promise.all(
      asked.map(async ([to, body]) => {
        const { status } = await ask(operation.method, to, body);
        if (status >= 500) faults.push(`${operation.name} ${to} ${JSON.stringify(body)}`);
      }),
    );
  }
  expect(faults).toEqual([]);
}, 60_000);

/** A device answers a challenge with it: passkey.int.test.ts does. */
const MADE_BY_A_DEVICE = new Set(['addPasskey']);

/** Keys of no list, and such as PostgreSQL could choke on. */
const FORGED = [{}, '\u0000', 2 ** 60, ["' or 1=1 --"]];

/** What comes in the place of a value: what PostgreSQL cannot keep, SQL, times and numbers beyond all, another type. */
function hostile(leaf: unknown): readonly unknown[] {
  if (typeof leaf === 'number') return [2 ** 53];
  if (typeof leaf !== 'string') return [[MARKER]];
  const time = /^\d{4}-.*Z$/.test(leaf) ? ['9999-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z'] : [];
  return [`${leaf}\u0000`, `${leaf}'; drop table people; --`, { $ne: null }, ...time];
}

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function itemsOf(text: string): readonly unknown[] {
  return JSON.parse(text).items;
}

/** The path with the ids of what was made, where something was. */
function pathOf({ path }: Operation): string {
  return path.replace(/\{\w+\}/g, (_, at: number) => {
    const id = made.get(withoutNames(path.slice(0, at - 1)));
    return id ?? (path.startsWith('/api/v1/queues') ? '1' : '0199a000-0000-7000-8000-000000000009');
  });
}

function withoutNames(path: string): string {
  return path.replace(/\{\w+\}/g, '{}');
}

function questionOf(value: unknown): string {
  return new URLSearchParams(
    Object.entries(Object(value)).map(([name, each]) => [name, String(each)] as [string, string]),
  ).toString();
}

async function tablesWith(text: string): Promise<readonly string[]> {
  const { rows } = await store.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await store.pool.query(`select 1 from "${name}" t where t::text like $1`, [`%${text}%`]);
    if (rowCount) found.push(name);
  }
  return found;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { cookie },
) {
  const withBody = method !== 'GET' && body !== undefined;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(withBody ? { 'content-type': 'application/json' } : {}) },
    ...(withBody ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
