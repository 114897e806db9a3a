import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The peers that the lab runs, and Debian's packages which hold them. */
const PACKAGES = Object.freeze({
  'smtp-sink': 'postfix',
  'smtp-source': 'postfix',
  'posttls-finger': 'postfix',
  swaks: 'swaks',
  'redis-server': 'redis-server',
  knotd: 'knot',
  knotc: 'knot',
  keymgr: 'knot',
  kdig: 'knot-dnsutils',
  unbound: 'unbound',
  'unbound-control': 'unbound',
  openssl: 'openssl',
  unshare: 'util-linux',
});

export type Tool = keyof typeof PACKAGES;

/** A peer, or what it needs, is not installed. */
export class MissingTool extends Error {
  override readonly name = 'MissingTool';
  constructor(what: string, debianPackage: string) {
    super(`${what} is not installed: apt-get install -y --no-install-recommends ${debianPackage}`);
  }
}

/** Where a peer's program is; daemons are looked for outside an ordinary user's PATH too. */
export function toolPath(tool: Tool): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const found = folders.map((folder) => join(folder, tool)).find(executable);
  if (found === undefined) throw new MissingTool(tool, PACKAGES[tool]);
  return found;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
