import { expect, test } from 'vitest';
import { explain, isDiskFull } from './explain.ts';
import { layoutOf } from './layout.ts';

const layout = layoutOf('/srv/postern');

test('a taken port and a predecessor are tried again', () => {
  const port =
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nFATAL:  could not create any TCP/IP sockets\n';
  expect(explain(layout, port)).toEqual({ kind: 'port-taken' });
  const block = 'FATAL:  pre-existing shared memory block (key 17301, ID 5) is still in use\n';
  expect(explain(layout, block)).toEqual({ kind: 'predecessor-lives' });
  const lock = 'FATAL:  lock file "postmaster.pid" already exists\n';
  expect(explain(layout, lock)).toEqual({ kind: 'predecessor-lives' });
});

test('the last FATAL is the reason, and the log is named', () => {
  const said =
    'FATAL:  first\nPANIC:  could not locate a valid checkpoint record\nLOG:  database system is shut down\n';
  expect(explain(layout, said)).toMatchObject({
    kind: 'fault',
    fault: {
      kind: 'refused-to-start',
      message: expect.stringMatching(/valid checkpoint record.*backup.*server\.log\.$/),
    },
  });
});

test('a server that says nothing is still explained', () => {
  expect(explain(layout, '')).toMatchObject({ fault: { message: expect.stringContaining('it said nothing') } });
});

test('a full disk is known by what the client hears and by what the log says', () => {
  expect(isDiskFull(Object.assign(new Error(), { code: '53100' }), '')).toBe(true);
  expect(isDiskFull(undefined, 'PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device')).toBe(
    true,
  );
  expect(isDiskFull(new Error('connection terminated'), '')).toBe(false);
});
