/**
 * Runs the built console on the address in POSTERN_LISTEN_CONSOLE (`host:port`), and ends on SIGTERM, on SIGINT, and
 * when the process that started it goes away.
 *
 * The HTTP server is ours and not the framework's: it binds exactly that address, it notes the peer's address where
 * nobody can have forged it, and it ends although streams of events are open.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { constants, getPriority, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tellMetrics } from './console-metrics.mjs';

const built = join(dirname(fileURLToPath(import.meta.url)), '.next/standalone/apps/console');
const listen = readListen('POSTERN_LISTEN_CONSOLE', process.env.POSTERN_LISTEN_CONSOLE ?? '127.0.0.1:3000');
const listenMetrics = (process.env.POSTERN_LISTEN_CONSOLE_METRICS || 'off')
  .split(',')
  .filter((each) => each.trim() !== 'off')
  .map((each) => readListen('POSTERN_LISTEN_CONSOLE_METRICS', each));

process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
giveWayToMail();
let answer = (request, response) => response.writeHead(503, { 'retry-after': '1' }).end('The console is starting.\n');
let ending = false;
let metrics;

const server = createServer({ requestTimeout: 300_000, headersTimeout: 20_000 }, (request, response) => {
  const came = request.headers['x-forwarded-for'];
  const peer = request.socket.remoteAddress ?? 'unknown';
  request.headers['x-forwarded-for'] = came ? `${came}, ${peer}` : peer;
  metrics?.watch(request, response);
  // RFC 9110 §9.3.8: nobody traces through us; the framework has no word for it.
  if (request.method === 'TRACE') return void response.writeHead(405, { allow: 'GET, HEAD, POST, DELETE' }).end();
  answer(request, response);
});

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => end(0));
process.on('disconnect', () => end(0));
// Whoever started us may be gone before anybody listened.
if (process.send && !process.connected) process.exit(0);

if (!existsSync(join(built, 'server.js')))
  stop('The console is not built. Run npm run build -w @postern/console-app first.');
server.once('error', (error) => stop(explain(error, listen, 'POSTERN_LISTEN_CONSOLE')));
server.listen({ host: listen.host, port: listen.port, exclusive: true }, start);

/** Loads the pages once the address is ours, so that a port in use is told at once. */
async function start() {
  if (listenMetrics.length > 0) {
    const addresses = listenMetrics.map(({ host, port }) => ({ address: host, port }));
    metrics = await tellMetrics(addresses).catch((error) =>
      stop(explain(error, { host: error.address, port: error.port }, 'POSTERN_LISTEN_CONSOLE_METRICS')),
    );
  }
  try {
    answer = await pages();
  } catch (error) {
    stop(`The console could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
  console.log(`console listens on ${url()}`);
  process.send?.({ ready: true });
}

/** What the framework's own server.js does for a standalone build, without its server. */
async function pages() {
  const { config } = JSON.parse(readFileSync(join(built, '.next/required-server-files.json'), 'utf8'));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  process.env.__NEXT_PRIVATE_ORIGIN = url();
  process.env.PORT = String(listen.port);
  process.chdir(built);
  const require = createRequire(join(built, 'server.js'));
  require('next');
  const { getRequestHandlers } = require('next/dist/server/lib/start-server');
  const { requestHandler } = await getRequestHandlers({
    dir: built,
    port: listen.port,
    hostname: listen.host,
    isDev: false,
    minimalMode: false,
    quiet: true,
  });
  return (request, response) => {
    requestHandler(request, response).catch((error) => {
      console.error(
        JSON.stringify({ level: 'error', msg: 'page failed', path: request.url?.split('?')[0], error: String(error) }),
      );
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end('Internal Server Error\n');
    });
  };
}

/** Takes no more connections, gives open requests a moment, and ends; streams of events do not end by themselves. */
function end(code) {
  if (ending) return;
  ending = true;
  void metrics?.close();
  server.close(() => process.exit(code));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 500).unref();
  setTimeout(() => process.exit(code), 3000).unref();
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

/** The services of mail have the processor first (setpriority(2)); where the system forbids that, all stays as it is. */
function giveWayToMail() {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  try {
    if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
  } catch {
    // A filter of system calls may refuse it; nothing depends on it.
  }
}

function url() {
  return `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${listen.port}`;
}

function readListen(variable, text) {
  const match = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<host>[^:\s]+)):(?<port>\d{1,5})$/.exec(text.trim());
  const port = Number(match?.groups?.port);
  if (!match || port < 1 || port > 65_535) {
    stop(`${variable} is "${text}", which is no address with a port. Write it like 127.0.0.1:3000 or [::1]:3000.`);
  }
  return { host: match.groups.six ?? match.groups.host, port };
}

function explain(error, { host, port }, variable) {
  const where = `${host}:${port}`;
  if (error.code === 'EADDRINUSE')
    return `The console cannot listen on ${where}: the port is in use. Stop what uses it, or set ${variable} to another.`;
  if (error.code === 'EACCES')
    return `The console may not listen on ${where}: ports below 1024 need a privilege. Set ${variable} to a higher port.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return `The console cannot listen on ${where}: this machine has no such address. Set ${variable} to one that it has.`;
  return `The console cannot listen on ${where}: ${error.message}`;
}
