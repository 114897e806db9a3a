import { expect, test } from 'vitest';
import { chooseAccount } from './account.ts';

const passwd = `root:x:0:0:root:/root:/bin/bash
# a comment
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash
`;

test('postgres is preferred to nobody, wherever it stands in the file', () => {
  expect(chooseAccount({ passwd, owner: undefined })).toEqual({ name: 'postgres', uid: 101, gid: 104 });
});

test('nobody serves where there is no postgres', () => {
  const without = passwd.replace(/^postgres:.*\n/m, '');
  expect(chooseAccount({ passwd: without, owner: undefined })).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
});

test('the owner of an existing cluster wins, known to the system or not', () => {
  expect(chooseAccount({ passwd, owner: { uid: 65534, gid: 7 } })).toEqual({ name: 'nobody', uid: 65534, gid: 7 });
  expect(chooseAccount({ passwd, owner: { uid: 4711, gid: 4711 } })).toEqual({ name: '4711', uid: 4711, gid: 4711 });
});

test('a cluster that belongs to root goes to postgres', () => {
  expect(chooseAccount({ passwd, owner: { uid: 0, gid: 0 } })?.name).toBe('postgres');
});

test('no account is better than root under another name', () => {
  expect(chooseAccount({ passwd: 'postgres:x:0:0::/:/bin/sh\n', owner: undefined })).toBeUndefined();
  expect(chooseAccount({ passwd: '', owner: undefined })).toBeUndefined();
});
