import { expect, test } from 'vitest';
import { connectionUrl, socketFolder } from './connection-url.ts';

const to = { port: 21227, role: 'postern', password: 'secret', database: 'postern' };

test('with a socket the URL carries its folder, whatever characters are in it', () => {
  const url = connectionUrl({ ...to, socketDir: '/srv/my data/50%' });
  expect(url).toBe('postgresql://postern:secret@localhost:21227/postern?host=%2Fsrv%2Fmy%20data%2F50%25');
  expect(new URL(url).searchParams.get('host')).toBe('/srv/my data/50%');
});

test('without a socket the URL leads to 127.0.0.1', () => {
  expect(connectionUrl({ ...to, socketDir: undefined })).toBe('postgresql://postern:secret@127.0.0.1:21227/postern');
});

test('a folder has a socket as long as its path has fewer than 100 octets', () => {
  const socketName = '/.s.PGSQL.65535'.length;
  expect(socketFolder(`/${'a'.repeat(98 - socketName)}`)).toBeDefined();
  expect(socketFolder(`/${'a'.repeat(99 - socketName)}`)).toBeUndefined();
  expect(socketFolder(`/${'ä'.repeat(60)}`)).toBeUndefined();
});

test('a folder with a comma has no socket: PostgreSQL would take it for two', () => {
  expect(socketFolder('/srv/a,b')).toBeUndefined();
});
