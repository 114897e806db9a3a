import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { chromium } from 'playwright-core';
import { cliActor, ensureFirstAccount, verbs } from '@postern/administration';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import { freePort } from '@postern/lab';
import { createStore, migrate } from '@postern/prisma-store';
import { deriveKeys } from '@postern/sealing';
import { endings } from '../endings.mjs';
import { makeBacklog } from '../store/backlog.mjs';

const OPTIONS = {
  recipients: { type: 'string', default: '1000000' },
  rounds: { type: 'string', default: '3' },
  help: { type: 'boolean', default: false },
};

const HELP = `npm run bench -- console [options]: how long each page of the console takes on a store with many recipients

  --recipients N   deferred recipients in the store (1000000)
  --rounds N       how often each page is opened; the middle time is told (3)`;

const ROOT = join(import.meta.dirname, '../..');
const SECRET = 'a secret of the bench, long enough for the rule';
const ACCOUNT = { email: 'ada@bench.example', password: 'a password for the bench, long enough' };
const BOUND_MS = 1_000;
/** Pages beside those of the navigation: searches, and one thing of a list. */
const MORE = [
  '/messages?q=state:deferred',
  '/messages?q=to:@dead7.example',
  '/messages?q=subject:nothing-is-called-so',
  '/messages?q=credential:bulk',
  '/queues?show=all&sort=name',
];

/** `npm run bench -- console`. Answers the exit code: 1 when a page takes longer than a second. */
export async function main(parameters) {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const databaseUrl = await fill(Number(values.recipients));
  const url = await serve(databaseUrl);
  const browser = await chromium.launch({
    executablePath: process.env.POSTERN_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  endings.add(() => browser.close());
  const page = await (await browser.newContext({ baseURL: url })).newPage();
  await signIn(page);
  const paths = [...(await linksOf(page, 'nav[aria-label=Main]')), ...MORE, ...(await things(page))];
  console.log(`\n${'page'.padEnd(52)}${'first byte, ms'.padStart(16)}${'usable, ms'.padStart(12)}`);
  let slow = 0;
  for (const path of new Set(paths)) {
    await open(page, path);
    const times = [];
    for (let round = 0; round < Number(values.rounds); round += 1) times.push(await open(page, path));
    const [first, usable] = [middle(times.map((each) => each.first)), middle(times.map((each) => each.usable))];
    const late = usable > BOUND_MS;
    slow += late ? 1 : 0;
    console.log(
      `${path.slice(0, 51).padEnd(52)}${first.toFixed(0).padStart(16)}${usable.toFixed(0).padStart(12)}${late ? '  SLOW' : ''}`,
    );
  }
  console.log(
    slow === 0 ? `\nevery page is usable within ${BOUND_MS} ms` : `\n${slow} pages take longer than ${BOUND_MS} ms`,
  );
  return slow === 0 ? 0 : 1;
}

/** A store with a backlog, an account, and a credential. */
async function fill(recipients) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-console-'));
  chmodSync(folder, 0o711);
  endings.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: QUIET, durability: 'full' });
  endings.add(() => server.stop());
  await migrate({ databaseUrl: server.url, log: QUIET });
  const store = createStore({ databaseUrl: server.url, poolSize: 4, log: QUIET });
  const actor = cliActor('bench');
  await ensureFirstAccount({ store: store.admin, actor }, ACCOUNT);
  const context = { actor, store: store.admin, clock: { now: () => new Date() }, keys: deriveKeys(SECRET) };
  const made = await verbs.createCredential(context, { body: { name: 'bulk', senderRules: ['@example.org'] } });
  if (!('ok' in made)) throw new Error(made.refused.detail);
  await store.close();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await makeBacklog(client, recipients);
  await client.query('update messages set credential_id = $1 where get_byte(uuid_send(id), 5) % 10 = 0', [
    made.ok.credential.id,
  ]);
  await client.query('vacuum analyze');
  await client.end();
  return server.url;
}

/** The API and the built console; answers where the console is. */
async function serve(databaseUrl) {
  const [api, front] = await Promise.all([freePort(), freePort()]);
  await started('apps/api/dist/main.js', {
    DATABASE_URL: databaseUrl,
    POSTERN_DATA_DIR: mkdtempSync(join(tmpdir(), 'postern-bench-console-data-')),
    POSTERN_SECRET: SECRET,
    POSTERN_LISTEN_API: `127.0.0.1:${api}`,
    POSTERN_LOG_LEVEL: 'error',
  });
  await started('apps/console/server.mjs', {
    POSTERN_LISTEN_CONSOLE: `127.0.0.1:${front}`,
    POSTERN_API_URL: `http://127.0.0.1:${api}`,
  });
  return `http://127.0.0.1:${front}`;
}

async function started(script, env) {
  const child = spawn(process.execPath, [join(ROOT, script)], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  endings.add(() => child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}; run npm run build first`)));
  });
}

async function signIn(page) {
  await page.goto('/queues');
  await untilUsable(page);
  await page.getByLabel('E-mail address').fill(ACCOUNT.email);
  await page.getByLabel('Password').fill(ACCOUNT.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/queues');
  await page.locator('nav[aria-label=Main] a').first().waitFor();
}

/** Each page's first thing, where it lists some. */
async function things(page) {
  const found = [];
  for (const path of ['/messages', '/queues', '/credentials']) {
    await page.goto(path);
    found.push(...(await linksOf(page, 'main tbody tr')).slice(0, 1));
  }
  return found;
}

function linksOf(page, part) {
  return page.evaluate(
    `[...document.querySelectorAll('${part} a[href^="/"]')].map((each) => each.pathname + each.search)`,
  );
}

/** Every control of the page has its handlers: what the server wrote can be used. */
const USABLE = `(() => {
  const all = [...document.querySelectorAll('main :is(a, button, input, select)')];
  return document.querySelector('main h1') !== null && !document.querySelector('main [role=status] .animate-pulse') &&
    all.every((each) => Object.keys(each).some((key) => key.startsWith('__reactProps')));
})()`;

async function open(page, path) {
  const at = performance.now();
  await page.goto(path, { waitUntil: 'commit' });
  await untilUsable(page);
  const usable = performance.now() - at;
  const first = await page.evaluate(`performance.getEntriesByType('navigation')[0].responseStart`);
  return { first, usable };
}

/** The page allows nobody to make code of text, so it is asked again and again from outside. */
async function untilUsable(page) {
  const deadline = performance.now() + 60_000;
  while (!(await page.evaluate(USABLE).catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`${page.url()} does not become usable`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

const QUIET = { info: () => undefined, warn: () => undefined };
