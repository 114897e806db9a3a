import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { step } from './progress.mjs';
import { run } from './run.mjs';

/** The programs that tests talk to, and the Debian package that brings each. */
const PEERS = [
  ['redis-server', 'redis-server'],
  ['chromium', 'chromium'],
  ['smtp-sink', 'postfix'],
  ['smtp-source', 'postfix'],
  ['postfix', 'postfix'],
  // Postfix authenticates through it.
  ['/usr/share/doc/libsasl2-modules', 'libsasl2-modules'],
  ['msmtp', 'msmtp'],
  ['posttls-finger', 'postfix'],
  ['swaks', 'swaks'],
  // swaks speaks TLS through it.
  ['Net::SSLeay', 'libnet-ssleay-perl'],
  // It reads our DSNs.
  ['Mail::DeliveryStatus::BounceParser', 'libmail-deliverystatus-bounceparser-perl'],
  ['knotd', 'knot'],
  ['keymgr', 'knot'],
  ['unbound', 'unbound'],
  ['openssl', 'openssl'],
  ['curl', 'curl'],
  ['python3', 'python3'],
  ['dkimverify', 'python3-dkim'],
  // dkimpy verifies Ed25519 through it.
  ['/usr/lib/python3/dist-packages/nacl', 'python3-nacl'],
  ['docker-compose', 'docker-compose'],
];

const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Installs the peers that are missing, when this machine allows it; says what is missing when it does not. */
export async function installPeers() {
  const missing = [...new Set(PEERS.filter(([program]) => !find(program)).map(([, name]) => name))];
  if (missing.length === 0) return;
  const byHand = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (!find('apt-get') || process.getuid?.() !== 0) {
    throw new Error(
      `the tests need ${missing.join(', ')}. Install them (as root on Debian: ${byHand}) and run npm test again`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`installing what the tests talk to: ${missing.join(', ')}`, async () => {
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { env });
  });
}

function find(program) {
  if (program.includes('::')) return spawnSync('perl', [`-M${program}`, '-e', '1']).status === 0;
  if (program.startsWith('/')) return existsSync(program) ? program : undefined;
  return [...(process.env.PATH ?? '').split(':'), ...FOLDERS]
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}
