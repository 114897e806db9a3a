import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateAuthority, freePort, redisServer, temporaryDirectory, waitFor } from '@postern/lab';
import { ROUTES, type Route } from '@postern/admin-contract';
import { expect, test } from 'vitest';
import { CONSOLE, onDatabase, type Scenario, scenario, ServiceProcess, submit } from '../src/index.ts';

/** A secret that is told apart from every other, with where it was given or handed out. */
const secrets = new Map<string, string>();
const planted = (what: string) => keep(what, `planted-${randomBytes(12).toString('hex')}`);

test('a secret that was given or handed out anywhere stands in no log, table, key of Redis, metric, list or file afterwards', async () => {
  await using folder = await temporaryDirectory();
  await using redis = await redisServer({ persistence: 'append', directory: folder.path });
  await using world = await scenario({
    services: ['api'],
    env: { REDIS_URL: redis.url, POSTERN_LOG_LEVEL: 'debug' },
  });
  keep('secret of the installation', 'a secret of the lab, long enough for the rule');
  keep('secret of a credential', world.password);
  const email = 'ada@lab.example';
  const account = ['account', 'create', '--email', email, '--name', 'Ada', '--role', 'owner'];
  const { password } = await world.gateway.json<{ password: string }>(account);
  const owner = { email, password: keep('password of an owner', password) };
  const port = await freePort();
  const front = await new ServiceProcess(CONSOLE, {
    POSTERN_LISTEN_CONSOLE: `127.0.0.1:${port}`,
    POSTERN_API_URL: `http://127.0.0.1:${world.gateway.ports.api}`,
    POSTERN_LOG_LEVEL: 'debug',
  }).ready();
  const api = client(`http://127.0.0.1:${port}`);
  await giveAll(api, owner, String(world.internet.host.port));
  await Promise.all([world.gateway.run('submission'), world.gateway.run('delivery')]);
  await submit(world, undefined, { to: ['a@smart.example', 'b@cloud.example', 'c@receiver.example'] });
  const guess = { ...world, gateway: world.gateway, password: planted('wrong secret at AUTH') };
  await expect(submit(guess)).rejects.toThrow(/535/);
  const tried = () => rowsOf(world, 'select 1 from attempts limit 3');
  await waitFor(async () => (await tried()).length === 3, { what: 'attempts', timeoutMs: 30_000 });

  const told = await api.tellsNow();
  const internal = client(`http://127.0.0.1:${world.gateway.ports.api}`);
  for (const path of ['/metrics', '/health']) told.set(path, await internal.text(path));
  const tables = `select format('%I.%I', schemaname, tablename) as table from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  for (const { table = '' } of await rowsOf(world, tables))
    told.set(`table ${table}`, JSON.stringify(await rowsOf(world, `select t::text as row from ${table} t`)));
  for (const file of await readdir(folder.path, { recursive: true, withFileTypes: true }))
    if (file.isFile()) told.set(`Redis: ${file.name}`, await readFile(join(file.parentPath, file.name), 'latin1'));
  told.set('logs of the services', world.gateway.log);
  await front[Symbol.asyncDispose]();
  told.set('logs of the console', (await front.ended).said);

  expect(told.get('logs of the services')).toContain('sign-in refused');
  expect(told.size).toBeGreaterThan(60);
  expect(secrets.size).toBeGreaterThan(20);
  const found = [...told].flatMap(([where, all]) =>
    [...secrets].filter(([secret]) => all.includes(secret)).map(([, what]) => `${what}: ${where}`),
  );
  expect(found).toEqual([]);
});

/** Gives a secret wherever one is taken, rightly and wrongly, and has one made wherever one is handed out. */
async function giveAll(api: ReturnType<typeof client>, owner: { email: string; password: string }, smarthost: string) {
  const { email, password } = owner;
  await api.ask(401, 'POST', '/session', { email, password: planted('wrong password') });
  await api.ask(400, 'POST', '/session', { email: [email], password: planted('password beside a wrong address') });
  await api.ask(200, 'POST', '/session', { email, password });

  const key = { 'idempotency-key': 'once' };
  const made = await api.ask(201, 'POST', '/credentials', { name: 'kept', senderRules: ['@lab.example'] }, key);
  keep('secret of a credential made once', String(made['secret']));
  const rotated = await api.ask(200, 'POST', '/credentials/kept/rotate', {});
  keep('secret of a rotated credential', String(rotated['secret']));
  const apiKey = await api.ask(201, 'POST', '/api-keys', { name: 'ci', permissions: ['ledger:read'] });
  keep('API key', String(apiKey['key']));
  await api.ask(200, 'GET', '/ledger', undefined, { authorization: `Bearer ${String(apiKey['key'])}` });
  await api.ask(401, 'GET', '/ledger', undefined, { authorization: `Bearer ${planted('wrong API key')}` });

  const leaf = await (await certificateAuthority()).issue(['gateway.lab.example']);
  const host = { host: '127.0.0.1', port: Number(smarthost), tls: 'required' };
  const smart = { ...host, name: 'smart', domains: ['smart.example'], user: 'app' };
  await api.ask(201, 'POST', '/routes', { ...smart, password: planted('password at a smarthost') });
  await api.ask(400, 'POST', '/routes', { ...smart, name: 7, password: planted('password in a wrong request') });
  const oauth = { tokenUrl: `http://127.0.0.1:${await freePort()}/token`, clientId: 'app' };
  const cloud = { ...host, name: 'cloud', domains: ['cloud.example'], user: 'app', oauth };
  await api.ask(201, 'POST', '/routes', { ...cloud, password: planted('client secret of OAuth') });
  const certificate = {
    name: 'known',
    domains: ['known.example'],
    clientCertificate: leaf.certificate + pem('client key', leaf.key),
  };
  await api.ask(201, 'POST', '/routes', { ...host, ...certificate });
  const broken = pem('half a client key', leaf.key).slice(0, -120);
  await api.ask(400, 'POST', '/routes', { ...host, ...certificate, name: 'broken', clientCertificate: broken });
  for (const route of ['smart', 'cloud', 'known'])
    await api.ask(200, 'POST', `/routes/${route}/test`, { sender: 'app@lab.example', recipient: 'a@receiver.example' });

  await api.ask(201, 'POST', '/domains', { name: 'lab.example' });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dkim = pem('DKIM key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  await api.ask(201, 'POST', '/domains/lab.example/keys', { selector: 'brought', privateKey: dkim });
  await api.ask(400, 'POST', '/domains/lab.example/keys', { selector: 'half', privateKey: dkim.slice(0, -200) });

  const invitation = await api.ask(201, 'POST', '/invitations', {
    email: 'eve@lab.example',
    name: 'Eve',
    role: 'auditor',
  });
  const token = keep('token of an invitation', String(invitation['token']));
  const accept = { token, name: 'Eve', password: planted('password of who was invited') };
  await api.ask(400, 'POST', '/invitations/accept', { ...accept, name: '' });
  await api.ask(204, 'POST', '/invitations/accept', accept);
  await api.ask(404, 'POST', '/invitations/show', { token: planted('token of no invitation') });
  const reset = await api.ask(200, 'POST', '/accounts/eve@lab.example/reset-password', { reason: 'lost' });
  keep('generated password', String(reset['password']));

  await api.ask(401, 'POST', '/session/authenticator', { password: planted('wrong password for an app') });
  const app = await api.ask(200, 'POST', '/session/authenticator', { password });
  const totp = keep('secret of the authenticator app', String(app['secret']));
  const codes = textsOf(app['recoveryCodes']);
  for (const code of codes) keep('recovery code', code);
  await api.ask(204, 'POST', '/session/authenticator/confirm', { code: codeOf(totp) });
  await api.ask(401, 'POST', '/session', { email, password });
  await api.ask(401, 'POST', '/session/second-step', { code: planted('wrong recovery code').slice(0, 30) });
  await api.ask(200, 'POST', '/session/second-step', { code: codes[0] });
}

/** The middle of a PEM is what tells one key from others. */
function pem(what: string, key: string): string {
  keep(what, key.split('\n')[Math.min(3, key.split('\n').length - 3)] ?? key);
  return key;
}

function keep(what: string, secret: string): string {
  expect(secret.length, what).toBeGreaterThan(9);
  secrets.set(secret, what);
  return secret;
}

/** The console as a program sees it, with the cookies that it was given. */
function client(url: string) {
  let cookie = '';
  const send = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, ...json, headers: { cookie, ...type, ...headers } });
    const given = answer.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    if (given.length > 0) cookie = given.join('; ');
    for (const each of given)
      // The table has the token, which is nobody's without its signature (ADR 15).
      if (/session_token=./.test(each))
        keep('signature of a session', decodeURIComponent(each).split('.').at(-1) ?? '');
    return { status: answer.status, text: await answer.text() };
  };
  return {
    text: async (path: string) => (await send('GET', path)).text,
    async ask(
      status: number,
      method: string,
      path: string,
      body?: unknown,
      headers?: Readonly<Record<string, string>>,
    ) {
      const answer = await send(method, `/api/v1${path}`, body, headers);
      expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(status);
      // What a refusal says is looked at here, since nothing keeps it.
      if (status >= 400) refusals.push(answer.text);
      return answer.text.startsWith('{') ? objectOf(JSON.parse(answer.text)) : {};
    },
    /** Every list, file and page that names nothing in its path. */
    async tellsNow() {
      const told = new Map([['refusals', refusals.join()]]);
      const plain = Object.values<Route>(ROUTES).filter(({ method, path }) => method === 'GET' && !path.includes('{'));
      const paths = plain.map(({ path }) => path).filter((path) => !path.endsWith('/stream'));
      for (const path of [
        ...paths,
        '/api/v1/routes/cloud',
        '/api/v1/domains/lab.example',
        '/',
        '/audit',
        '/credentials',
      ])
        told.set(path, (await send('GET', path)).text);
      return told;
    },
  };
}

const refusals: string[] = [];

function rowsOf(world: Scenario, sql: string): Promise<readonly Readonly<Record<string, string>>[]> {
  return onDatabase(world, async (database) => (await database.query<Record<string, string>>(sql)).rows);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code that an authenticator app shows now (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret].map((each) => BASE32.indexOf(each).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
