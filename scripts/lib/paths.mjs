import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const bin = join(root, 'node_modules/.bin');

/** The Node that builds and runs Postern: this one when it is new enough, else the one that `npm ci` brought. */
export function node() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const shipped = join(bin, 'node');
  if (existsSync(shipped)) return shipped;
  throw new Error(
    `Postern runs on Node 24, this is ${process.version}, and the packages bring none for ${process.platform}-${process.arch}. Install Node 24 and try again.`,
  );
}

/** The environment for children: Node 24 first, nothing that phones out. */
export function childEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: `${dirname(node())}${delimiter}${bin}${delimiter}${process.env.PATH ?? ''}`,
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    ...extra,
  };
}
