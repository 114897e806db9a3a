import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * Does work that only one process at a time may do in this clone (to install, to build); refuses when another one is at
 * it. The claim is a socket that listens: the system takes it back however the process ends, so none is ever left over.
 */
export async function exclusively(work) {
  const name = `postern-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  // On Linux a name without a file; elsewhere a file that is removed when nobody answers behind it.
  const address = process.platform === 'linux' ? `\0${name}` : join(tmpdir(), name);
  const server = (await listening(address)) ?? ((await answers(address)) ? undefined : await again(address));
  if (!server) {
    throw new Error(
      'another npm start, npm test or npm run build is installing or building in this folder. It goes on undisturbed: wait until it is done',
    );
  }
  try {
    return await work();
  } finally {
    server.close();
  }
}

function listening(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(address, () => resolve(server.unref()));
  });
}

function answers(address) {
  return new Promise((resolve) => {
    const socket = connect(address, () => socket.destroy());
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}

function again(address) {
  if (!address.startsWith('\0')) rmSync(address, { force: true });
  return listening(address);
}
