/**
 * The health checks of docker-compose.yml, with nothing but Node:
 * `http URL` answers 2xx or 3xx; `smtp PORT` greets with 220; `process FILE` runs as process 1.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const [kind, target] = process.argv.slice(2);
const checks = { http, smtp, process: main };

try {
  process.exit((await checks[kind](target)) ? 0 : 1);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function http(url) {
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(4_000) });
  return response.status < 400;
}

function smtp(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), timeout: 4_000 });
    socket.once('data', (greeting) => {
      socket.end('QUIT\r\n');
      resolve(greeting.toString('latin1').startsWith('220'));
    });
    socket.once('timeout', () => reject(new Error('no greeting in time')));
    socket.once('error', reject);
  });
}

function main(file) {
  return readFileSync('/proc/1/cmdline', 'utf8').includes(file);
}
