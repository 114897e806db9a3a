import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.ts';

export interface MetricsServer {
  readonly urls: readonly string[];
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  readonly metrics: Metrics;
  /** Empty: nobody listens. */
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
}

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** Tells the metrics of a service that has no HTTP of its own, at `/metrics`, and that it lives, at `/health/live`. */
export async function serveMetrics({ metrics, addresses }: MetricsServerOptions): Promise<MetricsServer> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    for (const server of servers) server.closeAllConnections();
    await Promise.all(servers.map((server) => new Promise<void>((resolve) => void server.close(() => resolve()))));
  };
  try {
    for (const { address, port } of addresses) servers.push(await listening(metrics, address, port));
  } catch (error) {
    await close();
    throw error;
  }
  return { urls: servers.map(urlOf), close };
}

async function listening(metrics: Metrics, host: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8_192 }, (request, response) => {
    const path = request.url?.split('?')[0];
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || (path !== '/metrics' && path !== '/health/live')) return void response.writeHead(404, HEADERS).end();
    if (path === '/health/live') return void response.writeHead(200, HEADERS).end('ok\n');
    metrics.read().then(
      ({ contentType, text }) => void response.writeHead(200, { ...HEADERS, 'content-type': contentType }).end(text),
      () => void response.writeHead(503, HEADERS).end(),
    );
  });
  server.maxConnections = 20;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => resolve());
  });
  return server;
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no port');
  return `http://${bound.address.includes(':') ? `[${bound.address}]` : bound.address}:${bound.port}`;
}
