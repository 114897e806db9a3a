import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresFault } from './fault.ts';
import type { Layout } from './layout.ts';

/** Starts programs as the account that PostgreSQL runs as. */
export interface Launcher {
  /** The major version of the binaries. */
  readonly major: number;
  /** Starts a program in a process group of its own: the terminal's Ctrl-C reaches us, and we decide the order. */
  launch(program: string, args: readonly string[], stderr: number | 'pipe'): ChildProcess;
}

interface Way {
  readonly uid?: number;
  readonly gid?: number;
  readonly prefix: readonly string[];
}

/** Tries the ways to become the account, the least powerful first, and takes the first that reaches binaries and data. */
export async function findLauncher(from: {
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly layout: Layout;
}): Promise<Launcher> {
  const { account, binaries, layout } = from;
  for (const way of waysTo(account)) {
    // A folder above the binaries or the data may be closed to the account; only trying tells, with ACLs and mounts.
    const probe = await run(way, '/bin/sh', [
      '-c',
      'cd "$1" && exec "$2" --version',
      'sh',
      layout.folder,
      binaries.postgres,
    ]);
    const major = /^postgres \(PostgreSQL\) (\d+)/.exec(probe.output)?.[1];
    if (major) return { major: Number(major), launch: (program, args, stderr) => start(way, program, args, stderr) };
  }
  throw await unreachable(account, binaries, layout);
}

function waysTo(account: Account | undefined): readonly Way[] {
  if (!account) return [{ prefix: [] }];
  const become = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  // Without no_setuid_fixup access(2) ignores capabilities, and PostgreSQL believes that its own binary is not there.
  const keeping = (caps: string) => [
    'setpriv',
    ...become,
    '--inh-caps',
    caps,
    '--ambient-caps',
    caps,
    '--bounding-set',
    `-all,${caps}`,
    '--securebits',
    '+no_setuid_fixup',
    '--',
  ];
  return [
    { uid: account.uid, gid: account.gid, prefix: [] },
    { prefix: keeping('+dac_read_search') },
    { prefix: keeping('+dac_override') },
  ];
}

function start(way: Way, program: string, args: readonly string[], stderr: number | 'pipe'): ChildProcess {
  const [file, ...rest] = [...way.prefix, program, ...args];
  return spawn(file ?? program, rest, {
    cwd: '/',
    detached: true,
    // Nothing of ours: no secrets, no PG* variables, and the same messages in every locale.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', stderr, stderr],
    ...(way.uid === undefined ? {} : { uid: way.uid }),
    ...(way.gid === undefined ? {} : { gid: way.gid }),
  });
}

async function run(way: Way, program: string, args: readonly string[]): Promise<{ ok: boolean; output: string }> {
  return finished(start(way, program, args, 'pipe'));
}

/** Waits for the end of a program and gives what it wrote. */
export function finished(child: ChildProcess): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve) => {
    let output = '';
    const collect = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8192));
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

async function unreachable(account: Account | undefined, binaries: Binaries, layout: Layout) {
  const asOurselves = await run({ prefix: [] }, binaries.postgres, ['--version']);
  if (!asOurselves.ok) {
    return new EmbeddedPostgresFault(
      'no-binaries',
      `PostgreSQL's binary ${binaries.postgres} does not run on this system (${asOurselves.output.trim()}). Set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  return new EmbeddedPostgresFault(
    'no-account',
    `PostgreSQL does not run as root, and the user ${account?.name ?? 'that runs Postern'} cannot enter ${layout.folder} or the folder of ${binaries.postgres}. ` +
      'Move the clone to a folder that every user may enter (or install util-linux for setpriv), set POSTERN_DATA_DIR to such a folder, or set DATABASE_URL.',
  );
}
