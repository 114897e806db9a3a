import { EmbeddedPostgresFault, diskFull, errorCode } from './fault.ts';
import type { Layout } from './layout.ts';

/** What to do about a postmaster that ended before it was ready. */
export type Explanation =
  | { readonly kind: 'port-taken' }
  | { readonly kind: 'predecessor-lives' }
  | { readonly kind: 'fault'; readonly fault: EmbeddedPostgresFault };

/** Whether the disk was full: PostgreSQL tells it to the client (disk_full, 53100), or ends with a PANIC in its log. */
export function isDiskFull(error: unknown, said: string): boolean {
  return errorCode(error) === '53100' || /No space left on device|Disk quota exceeded/.test(said);
}

/** Reads the server's last words; they are in English, because it starts with LC_ALL=C. */
export function explain(layout: Layout, said: string): Explanation {
  if (isDiskFull(undefined, said)) return fault(diskFull(layout.dataDir, new Error(said)));
  if (/pre-existing shared memory block|lock file ".*" already exists/.test(said)) return { kind: 'predecessor-lives' };
  if (/Address already in use|could not create any TCP\/IP sockets/.test(said)) return { kind: 'port-taken' };
  const reason = last(said, /(?:PANIC|FATAL|ERROR): +(.*)$/) ?? last(said, /(.+)$/) ?? 'it said nothing';
  return fault(
    new EmbeddedPostgresFault(
      'refused-to-start',
      `The embedded PostgreSQL did not start: ${reason}. ${advice(reason)}Its log is ${layout.serverLog}.`,
      { cause: new Error(said) },
    ),
  );
}

function fault(of: EmbeddedPostgresFault): Explanation {
  return { kind: 'fault', fault: of };
}

function last(said: string, pattern: RegExp): string | undefined {
  return said
    .split('\n')
    .flatMap((line) => pattern.exec(line)?.[1] ?? [])
    .at(-1);
}

function advice(reason: string): string {
  if (/Cannot allocate memory|shared memory/.test(reason))
    return 'It needs about 300 MB of memory: end other programs. ';
  if (/Permission denied|Read-only file system/.test(reason))
    return 'Give the data directory back to the user that runs it, or set POSTERN_DATA_DIR to a folder that can be written. ';
  if (/checkpoint record|invalid|incompatible|corrupt|could not open file|could not read/.test(reason))
    return 'The database is damaged: put the data directory back from a backup. ';
  return '';
}
