import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const folder = join(root, 'node_modules/.postern');

/** A digest of the given files and folders (relative to the root): names, sizes and contents of what is not made from others, without tests. */
export function digest(
  paths,
  { skip = /(^|\/)(node_modules|dist|\.next|generated|next-env\.d\.ts|[^/]+\.tsbuildinfo|[^/]+\.test\.tsx?)$/ } = {},
) {
  const hash = createHash('sha256');
  for (const path of paths) add(path);
  return hash.digest('hex');

  function add(path) {
    if (skip.test(path)) return;
    const full = join(root, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(full).sort()) add(`${path}/${name}`);
      return;
    }
    hash.update(`${path}\0${stat.size}\0`).update(readFileSync(full));
  }
}

/** Whether a step was last done for this digest. */
export function isDone(step, value) {
  try {
    return readFileSync(join(folder, step), 'utf8') === value;
  } catch {
    return false;
  }
}

/** Forgets that a step was ever done: it begins anew, and may be broken off half-way. */
export function markBegun(step) {
  rmSync(join(folder, step), { force: true });
}

/** Remembers that a step was done for this digest. Lives in node_modules, so that removing that folder forgets it. */
export function markDone(step, value) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, step), value);
}
