import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, type TemporaryDirectory } from '@postern/lab';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readResolvConf, SystemServers } from './system-servers.ts';

let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await temporaryDirectory('resolv-conf');
});
afterEach(() => directory.remove());

test('name servers are read, the first three of them', () => {
  const text =
    '# c\nsearch example.com\n nameserver 127.0.0.53\nnameserver fe80::1%eth0 ; x\nnameserver x\noptions edns0 trust-ad\nnameserver ::1\nnameserver 9.9.9.9\n';
  expect(readResolvConf(text).map(({ address }) => address)).toEqual(['127.0.0.53', 'fe80::1%eth0', '::1']);
});

test.each(['', 'nameserver\n', '#nameserver 192.0.2.1\n'])('%j names none, and the local one is asked', (text) => {
  expect(readResolvConf(text)).toEqual([{ address: '127.0.0.1', port: 53 }]);
});

test('a file that changes is read again after a while, and one that goes away is remembered', async () => {
  const path = join(directory.path, 'resolv.conf');
  const system = new SystemServers(path);
  expect(await system.current(0)).toEqual([{ address: '127.0.0.1', port: 53 }]);
  await writeFile(path, 'nameserver 192.0.2.1\n');
  expect(await system.current(4_000)).toEqual([{ address: '127.0.0.1', port: 53 }]);
  expect(await system.current(6_000)).toEqual([{ address: '192.0.2.1', port: 53 }]);
  await writeFile(path, 'nameserver 192.0.2.2\n');
  await utimes(path, 1, 1);
  expect(await system.current(12_000)).toEqual([{ address: '192.0.2.2', port: 53 }]);
  await directory.remove();
  expect(await system.current(18_000)).toEqual([{ address: '192.0.2.2', port: 53 }]);
});
