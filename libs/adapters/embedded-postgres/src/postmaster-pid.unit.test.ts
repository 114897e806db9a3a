import { expect, test } from 'vitest';
import { parsePostmasterPid } from './postmaster-pid.ts';

const file = '4711\n/data/cluster\n1790000000\n21227\n/data\n127.0.0.1\n   17301     32783\nready   \n';

test('a complete postmaster.pid gives pid, port, socket folder and status', () => {
  expect(parsePostmasterPid(file)).toEqual({ pid: 4711, port: 21227, socketDir: '/data', status: 'ready' });
});

test('an empty socket folder means that there is no socket', () => {
  expect(parsePostmasterPid(file.replace('\n/data\n127', '\n\n127'))?.socketDir).toBeUndefined();
});

test('a file that is only begun is not ready', () => {
  expect(parsePostmasterPid('4711\n/data/cluster\n')).toEqual({
    pid: 4711,
    port: undefined,
    socketDir: undefined,
    status: '',
  });
});

test('what names no process is nothing', () => {
  for (const text of ['', '\n', 'abc\n', '-1\n', '0\n', '1.5\n']) expect(parsePostmasterPid(text)).toBeUndefined();
});
