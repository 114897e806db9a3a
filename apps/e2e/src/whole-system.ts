import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestDatabase, testDatabase } from '@postern/database';
import { freePort, type MailHostOptions, temporaryDirectory } from '@postern/lab';
import { labInternet, type LabInternet } from './lab-internet.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Everything as `postern up` runs it, on a database and a loopback internet of the test's. */
export interface WholeSystem extends AsyncDisposable {
  /** Where the console is: `http://127.0.0.1:…`. */
  readonly url: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly gateway: { readonly ports: { readonly submission: number } };
  readonly internet: LabInternet;
}

export async function wholeSystem(options: { readonly host?: MailHostOptions } = {}): Promise<WholeSystem> {
  const account = { email: 'ada@lab.example', password: 'a password for the lab, long enough' };
  const database = await testDatabase();
  const internet = await labInternet(options.host);
  const folder = await temporaryDirectory();
  const [submission, submissions, relay, api, console] = await Promise.all(Array.from({ length: 5 }, () => freePort()));
  const { POSTERN_TEST_DATABASE_URL: _admin, VITEST: _vitest, ...inherited } = process.env;
  const up = spawn(process.execPath, [join(ROOT, 'apps/cli/dist/main.js'), 'up'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      POSTERN_DATA_DIR: folder.path,
      POSTERN_HOSTNAME: 'gateway.lab.example',
      POSTERN_SECRET: 'a secret of the lab, long enough for the rule',
      POSTERN_ADMIN_EMAIL: account.email,
      POSTERN_ADMIN_PASSWORD: account.password,
      POSTERN_LISTEN_SUBMISSION: `127.0.0.1:${submission}`,
      POSTERN_LISTEN_SUBMISSIONS: `127.0.0.1:${submissions}`,
      POSTERN_LISTEN_RELAY: `127.0.0.1:${relay}`,
      POSTERN_LISTEN_API: `127.0.0.1:${api}`,
      POSTERN_LISTEN_CONSOLE: `127.0.0.1:${console}`,
      POSTERN_DNS_SERVERS: `${internet.zone.address}:${internet.zone.port}`,
      POSTERN_DELIVERY_PORT: String(internet.host.port),
      POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
    },
  });
  const end = () => ended({ up, database, internet, folder });
  try {
    await ready(up);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${console}`,
    account,
    gateway: { ports: { submission: submission ?? 0 } },
    internet,
    [Symbol.asyncDispose]: end,
  };
}

/** Waits for the line that says so. */
async function ready(up: ChildProcess): Promise<void> {
  const said: string[] = [];
  up.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  if (!up.stdout) throw new Error('postern up has no output');
  for await (const line of createInterface({ input: up.stdout })) {
    said.push(`${line}\n`);
    if (line.includes('postern ready')) {
      up.stdout.resume();
      return;
    }
  }
  throw new Error(`postern up ended before it was ready:\n${said.join('').slice(-3_000)}`);
}

async function ended(parts: {
  readonly up: ChildProcess;
  readonly database: TestDatabase;
  readonly internet: LabInternet;
  readonly folder: { remove(): Promise<void> | void };
}): Promise<void> {
  const { up } = parts;
  if (up.exitCode === null && up.signalCode === null) {
    const gone = once(up, 'exit');
    up.kill('SIGTERM');
    await gone;
  }
  await parts.internet[Symbol.asyncDispose]();
  await parts.database.close();
  await parts.folder.remove();
}
