import { readConfiguration, type Configuration } from '@postern/configuration';
import { cliActor, ensureFirstAccount } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { test as base } from 'vitest';
import 'reflect-metadata';
import { startApi } from '../start-api.ts';

export const EMAIL = 'owner@example.org';
export const PASSWORD = 'correct horse battery staple';

/** The API on a port and a database of its own, with an owner's account. */
export interface RunningTestApi {
  readonly url: string;
  readonly store: Store;
  readonly configuration: Configuration;
  /** What it has logged. */
  readonly log: () => string;
  /** Asks it; a body that is no text is sent as JSON. */
  ask(method: string, path: string, options?: Ask): Promise<Answer>;
  /** Signs in; answers the cookie to send with further requests. */
  signIn(): Promise<string>;
}

export interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cookie?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** Tests that get an API of their own. */
export const test = base.extend<{ api: RunningTestApi }>({
  // eslint-disable-next-line no-empty-pattern
  api: async ({}, use) => {
    const database = await testDatabase();
    let logged = '';
    const log = logger({ service: 'api', level: 'debug', to: { write: (line) => void (logged += line) } });
    const configuration = configurationFor(database.url);
    const store = createStore({ databaseUrl: database.url, poolSize: 2, log });
    await ensureFirstAccount({ store: store.admin, actor: cliActor('tests') }, { email: EMAIL, password: PASSWORD });
    const api = await startApi(configuration, log);
    const url = api.urls[0] ?? '';
    const ask = (method: string, path: string, options: Ask = {}) => send(`${url}${path}`, method, options);
    await use({ url, store, configuration, ask, log: () => logged, signIn: () => signIn(ask) });
    await api.stop();
    await store.close();
    await database.close();
  },
});

export function configurationFor(databaseUrl: string, more: Readonly<Record<string, string>> = {}): Configuration {
  const reading = readConfiguration({
    DATABASE_URL: databaseUrl,
    POSTERN_LISTEN_API: '127.0.0.1:0',
    POSTERN_SECRET: 'a secret that only tests have, and long',
    ...more,
  });
  if ('faults' in reading) throw new Error(reading.faults.join('\n'));
  return reading.ok;
}

export async function send(url: string, method: string, { headers, body, cookie }: Ask = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
  const response = await fetch(url, {
    method,
    headers: {
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const answered = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text: answered,
    body: json ? JSON.parse(answered) : answered,
  };
}

async function signIn(ask: RunningTestApi['ask']): Promise<string> {
  const answer = await ask('POST', '/api/v1/session', { body: { email: EMAIL, password: PASSWORD } });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.text}`);
  return cookieOf(answer);
}

/** The cookies that an answer sets, as a browser would send them. */
export function cookieOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}
