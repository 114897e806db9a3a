import { createServer } from 'node:net';
import type { Configuration, Service } from '@postern/configuration';

type Listening = keyof Configuration['listen'];

const VARIABLE: Readonly<Record<Listening, string>> = {
  submission: 'POSTERN_LISTEN_SUBMISSION',
  submissions: 'POSTERN_LISTEN_SUBMISSIONS',
  relay: 'POSTERN_LISTEN_RELAY',
  devices: 'POSTERN_LISTEN_DEVICES',
  devicesTls: 'POSTERN_LISTEN_DEVICES_TLS',
  bounces: 'POSTERN_LISTEN_BOUNCES',
  api: 'POSTERN_LISTEN_API',
  console: 'POSTERN_LISTEN_CONSOLE',
  submissionMetrics: 'POSTERN_LISTEN_SUBMISSION_METRICS',
  deliveryMetrics: 'POSTERN_LISTEN_DELIVERY_METRICS',
  consoleMetrics: 'POSTERN_LISTEN_CONSOLE_METRICS',
};

/** Which of the addresses that this machine is to listen on cannot be had, each with what to do about it. */
export async function occupiedAddresses(configuration: Configuration): Promise<readonly string[]> {
  const wanted = (Object.keys(VARIABLE) as Listening[])
    .filter((name) => isOurs(configuration, name))
    .flatMap((name) => configuration.listen[name].map((address) => ({ name, ...address })));
  const faults = await Promise.all(
    wanted.map(async ({ name, address, port }) => {
      const code = port === 0 ? undefined : await tryToListen(address, port);
      return code === undefined ? [] : [explain(code, VARIABLE[name], address, port)];
    }),
  );
  return faults.flat();
}

function isOurs(configuration: Configuration, name: Listening): boolean {
  return configuration.processes.includes(serviceOf(name));
}

function serviceOf(name: Listening): Service {
  if (name === 'api' || name === 'console') return name;
  if (name === 'consoleMetrics') return 'console';
  return name === 'deliveryMetrics' ? 'delivery' : 'submission';
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function explain(code: string, variable: string, host: string, port: number): string {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is in use by another program: stop it, or set ${variable} to another port`;
    case 'EACCES':
      return `${where} may not be opened by this user: ports below 1024 need root or CAP_NET_BIND_SERVICE, or set ${variable} to a higher port`;
    case 'EADDRNOTAVAIL':
      return `${where} is no address of this machine: set ${variable} to one that is`;
    default:
      return `${where} cannot be opened (${code}): check ${variable}`;
  }
}
