import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  accessSync,
  constants,
  lchownSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { fileFault } from './fault.ts';
import type { Layout } from './layout.ts';

/** Makes our folder in the data directory and gives it, and what is in it, to the account. */
export function prepareFolder(layout: Layout, account: Account | undefined): void {
  try {
    makeFolder(layout.folder);
    if (account) giveAway(layout, account);
    chmodSync(layout.folder, 0o700);
    accessSync(layout.folder, constants.W_OK);
    // PostgreSQL refuses a cluster that others may read; a copy may have opened it.
    if (existsSync(layout.cluster)) chmodSync(layout.cluster, 0o700);
  } catch (error) {
    throw fileFault(layout.dataDir, error);
  }
}

/** Not mkdir's own recursion, which never returns where the system makes no folders (as in /proc). */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another start may have made it at the same moment.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A cluster that was copied or restored by root belongs to root; PostgreSQL wants to own what it serves. */
function giveAway(layout: Layout, account: Account): void {
  const complete = existsSync(layout.versionFile) && statSync(layout.versionFile).uid === account.uid;
  lchownSync(layout.folder, account.uid, account.gid);
  if (existsSync(layout.serverLog)) lchownSync(layout.serverLog, account.uid, account.gid);
  if (!complete && existsSync(layout.cluster)) giveTree(layout.cluster, account);
}

function giveTree(path: string, account: Account): void {
  lchownSync(path, account.uid, account.gid);
  if (!lstatSync(path).isDirectory()) return;
  for (const entry of readdirSync(path)) giveTree(join(path, entry), account);
}
