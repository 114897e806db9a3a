import { expect, test } from 'vitest';
import { readHosts, writeHosts } from './read-hosts.ts';

test('a host alone has the usual port, and comes in the order in which it is written', () => {
  expect(readHosts(['a.example', 'b.example:25', 'c.example:465 7'])).toEqual([
    { host: 'a.example', port: 587, preference: 1 },
    { host: 'b.example', port: 25, preference: 2 },
    { host: 'c.example', port: 465, preference: 7 },
  ]);
});

test('what is written reads as it was', () => {
  const hosts = [{ host: 'a.example', port: 2525, preference: 3 }];
  expect(readHosts(writeHosts(hosts).split('\n'))).toEqual(hosts);
});
