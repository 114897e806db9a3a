import { type TestDatabase, testDatabase } from '@postern/database';
import type { MailHostOptions } from '@postern/lab';
import { type Backend, startBackend } from './backends.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { labInternet, type LabInternet } from './lab-internet.ts';

/** A gateway that works, with a credential for `@lab.example`, and a mail host that takes everything for `receiver.example`. */
export interface Scenario extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly internet: LabInternet;
  readonly database: TestDatabase;
  readonly user: string;
  readonly password: string;
}

export interface ScenarioOptions {
  readonly backend?: Backend;
  readonly host?: MailHostOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** How long the DNS says that what is not there stays away. */
  readonly negativeTtlSeconds?: number;
  readonly services?: GatewayOptions['services'];
  /** Instead of a database of the test server. */
  readonly databaseUrl?: string;
}

/** Starts a scenario; a test changes the one thing that it is about. */
export async function scenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const started: AsyncDisposable[] = [];
  const dispose = async () => {
    for (const each of started.reverse()) await each[Symbol.asyncDispose]();
  };
  try {
    const database =
      options.databaseUrl === undefined
        ? await testDatabase()
        : { url: options.databaseUrl, close: async () => undefined };
    started.push({ [Symbol.asyncDispose]: () => database.close() });
    const internet = await labInternet(options.host, options.negativeTtlSeconds);
    started.push(internet);
    const backend = await startBackend(options.backend ?? 'PostgreSQL');
    started.push(backend);
    const gateway = await Gateway.start({
      databaseUrl: database.url,
      ...(backend.redisUrl ? { redisUrl: backend.redisUrl } : {}),
      zone: internet.zone,
      deliveryPort: internet.host.port,
      ...(options.services ? { services: options.services } : {}),
      ...(options.env ? { env: options.env } : {}),
    });
    started.push(gateway);
    const { user, password } = await gateway.credential();
    return { gateway, internet, database, user, password, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
