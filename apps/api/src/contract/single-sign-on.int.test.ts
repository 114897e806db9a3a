import { cliActor, ensureFirstAccount } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { SIGN_IN_CLIENT, signInProvider, type ProvidedPerson } from '@postern/lab';
import { logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../start-api.ts';
import { configurationFor, EMAIL, PASSWORD } from '../testing/running-api.ts';

const CONSOLE = 'http://127.0.0.1:39000';
const BEGIN = '/api/v1/session/single-sign-on';

let url = '';
let store: Store;
let api: RunningApi;
let provider: Awaited<ReturnType<typeof signInProvider>>;
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
  provider = await signInProvider({ redirectUri: `${CONSOLE}${BEGIN}/callback` });
  const log = logger({ service: 'api', level: 'silent' });
  store = createStore({ databaseUrl: database.url, poolSize: 2, log });
  api = await startApi(
    configurationFor(database.url, {
      POSTERN_CONSOLE_URL: CONSOLE,
      POSTERN_SSO_ISSUER: provider.issuer,
      POSTERN_SSO_CLIENT_ID: SIGN_IN_CLIENT.id,
      POSTERN_SSO_CLIENT_SECRET: SIGN_IN_CLIENT.secret,
      POSTERN_SSO_ROLES: 'mail-admins=owner,helpdesk=operator',
    }),
    log,
  );
  url = api.urls[0] ?? '';
});

beforeEach(async () => {
  await store.pool.query('delete from people');
  await ensureFirstAccount({ store: store.admin, actor: cliActor('tests') }, { email: EMAIL, password: PASSWORD });
});

afterAll(async () => {
  await api.stop();
  await store.close();
  await provider[Symbol.asyncDispose]();
  await database.close();
});

test('a person of the organisation comes in with the role that their groups give', async () => {
  const { page, cookies } = await comeIn({ sub: 'ada', email: 'ada@example.org', groups: ['helpdesk'] });
  // A page, not a redirect: the session's cookie is for navigations of our own site.
  expect(page).toContain('http-equiv="refresh" content="0;url=/"');
  const session = await fetch(`${url}/api/v1/session`, { headers: { cookie: cookies } });
  expect(await session.json()).toMatchObject({ person: { email: 'ada@example.org', name: 'Ada' }, role: 'operator' });
  expect(await actions()).toEqual(['account.create', 'session.sign-in']);
});

test('a role follows the groups at each sign-in, and whoever is in none any more stays out', async () => {
  await comeIn({ sub: 'ada', email: 'ada@example.org', groups: ['helpdesk'] });
  await comeIn({ sub: 'ada', email: 'ada@example.org', groups: ['mail-admins'] });
  expect(await roleOf('ada@example.org')).toBe('owner');
  const { page, cookies } = await comeIn({ sub: 'ada', email: 'ada@example.org', groups: ['others'] });
  expect(page).toContain('/sign-in?refused=single-sign-on');
  expect(cookies).not.toContain('session_token');
});

test('whoever has no role makes no account', async () => {
  const { page } = await comeIn({ sub: 'eve', email: 'eve@example.org', groups: [] });
  expect(page).toContain('/sign-in?refused=single-sign-on');
  expect(await roleOf('eve@example.org')).toBeUndefined();
});

test('an account with a password is joined by an address that the provider verified, and by no other', async () => {
  const eve = { sub: 'eve', email: EMAIL, groups: ['helpdesk'] };
  expect((await comeIn({ ...eve, emailVerified: false })).page).toContain('/sign-in?refused');
  const { page } = await comeIn({ ...eve, sub: 'owner', groups: ['mail-admins'] });
  expect(page).toContain('content="0;url=/"');
  expect((await store.pool.query('select 1 from people')).rowCount).toBe(1);
});

test('the last owner stays one, whatever the groups say', async () => {
  await comeIn({ sub: 'owner', email: EMAIL, groups: ['helpdesk'] });
  expect(await roleOf(EMAIL)).toBe('owner');
});

test('a callback that this browser did not begin, or with a code or state of another, signs nobody in', async () => {
  const begun = await fetch(`${url}${BEGIN}`, { redirect: 'manual' });
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const jar = cookiesOf(begun);
  for (const [query, cookie] of [
    [`code=x&state=${state}`, ''],
    [`code=x&state=${state}`, jar],
    ['code=x&state=other', jar],
    ['code=x', jar],
    ['error=access_denied', jar],
  ] as const) {
    const answer = await fetch(`${url}${BEGIN}/callback?${query}`, { redirect: 'manual', headers: { cookie } });
    expect(await answer.text(), query).toContain('/sign-in?refused=single-sign-on');
    expect(cookiesOf(answer)).not.toMatch(/session_token=[^;]/);
  }
});

test('what comes back cannot lead elsewhere', async () => {
  const answer = await fetch(`${url}${BEGIN}?callbackURL=https://evil.example/`, { redirect: 'manual' });
  expect(answer.headers.get('location')).toMatch(new RegExp(`^${provider.issuer}/`));
  expect(answer.headers.getSetCookie().join()).toMatch(/HttpOnly.*SameSite=Lax/i);
});

test('tokens of the provider are not kept', async () => {
  await comeIn({ sub: 'ada', email: 'ada@example.org', groups: ['helpdesk'] });
  const { rows } = await store.pool.query<{ row: string }>(
    "select concat(access_token, refresh_token, id_token) as row from sign_in_methods where provider_id <> 'credential'",
  );
  expect(rows).toEqual([{ row: '' }]);
});

/** Goes the whole way as a browser does, and answers the page at its end. */
async function comeIn(person: ProvidedPerson): Promise<{ readonly page: string; readonly cookies: string }> {
  provider.person = person;
  const jars = new Map<string, Map<string, string>>();
  let next = `${url}${BEGIN}`;
  for (let hops = 0; hops < 12; hops += 1) {
    const { origin } = new URL(next);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(each)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (!location) return { page: await answer.text(), cookies: [...jar].map((pair) => pair.join('=')).join('; ') };
    // The console's address is where the browser would go; the API is behind it.
    next = new URL(location, next).href.replace(CONSOLE, url);
  }
  throw new Error('the way has no end');
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

async function roleOf(email: string): Promise<string | undefined> {
  const { rows } = await store.pool.query<{ role: string }>('select role from people where email = $1', [email]);
  return rows[0]?.role;
}

async function actions(): Promise<readonly string[]> {
  const sql = "select action from audit_entries where actor_kind = 'person' order by id desc limit 2";
  return (await store.pool.query<{ action: string }>(sql)).rows.map(({ action }) => action).reverse();
}
