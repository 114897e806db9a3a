import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program of Debian's postfix package is; rejects with what to install. */
export function tool(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const found = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (found === undefined)
    throw new Error(`${name} is not installed: apt-get install -y --no-install-recommends postfix`);
  return found;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
