import { Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zoneServer, type ZoneServer } from './zone-server.ts';

let zones: ZoneServer;
let resolver: Resolver;

beforeEach(async () => {
  zones = await zoneServer({
    records: `
      example.com.            MX     10 mx.example.com.   ; the mail host
      example.com.            MX     20 mx2.example.com.
      mx.example.com.     60  A      127.0.0.2
      mx.example.com.         AAAA   ::1
      alias.example.com.      CNAME  mx.example.com.
      loop.example.com.       CNAME  loop2.example.com.
      loop2.example.com.      CNAME  loop.example.com.
      _25._tcp.mx.example.com. TLSA  3 1 1 00ff
      text.example.com.       TXT    "v=STSv1; id=1;" "second"
      *.wild.example.com.     A      127.0.0.9
      null.example.com.       MX     0 .
    `,
  });
  resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${zones.port}`]);
});
afterEach(() => zones.close());

test("Node's own resolver reads the records, through aliases and wildcards", async () => {
  expect(await resolver.resolveMx('example.com')).toHaveLength(2);
  expect(await resolver.resolve4('mx.example.com', { ttl: true })).toEqual([{ address: '127.0.0.2', ttl: 60 }]);
  expect(await resolver.resolve6('mx.example.com')).toEqual(['::1']);
  expect(await resolver.resolve4('alias.example.com')).toEqual(['127.0.0.2']);
  expect(await resolver.resolveTxt('text.example.com')).toEqual([['v=STSv1; id=1;', 'second']]);
  expect(await resolver.resolve4('any.wild.example.com')).toEqual(['127.0.0.9']);
  expect(await resolver.resolveMx('null.example.com')).toMatchObject([{ exchange: '', priority: 0 }]);
});

test('a name without the type, an empty non-terminal and a name that is not there are told apart', async () => {
  await expect(resolver.resolve4('example.com')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('_tcp.mx.example.com')).rejects.toMatchObject({ code: 'ENODATA' });
  await expect(resolver.resolve4('nobody.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('records change while it runs', async () => {
  zones.replace('mx.example.com', 'A', 'mx.example.com. A 127.0.0.3');
  expect(await resolver.resolve4('mx.example.com')).toEqual(['127.0.0.3']);
  zones.remove('mx.example.com');
  await expect(resolver.resolve4('mx.example.com')).rejects.toMatchObject({ code: 'ENODATA' });
  zones.remove('_25._tcp.mx.example.com');
  await expect(resolver.resolve4('mx.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  zones.add('new.example. A 127.0.0.4');
  expect(await resolver.resolve4('new.example')).toEqual(['127.0.0.4']);
});

test('faults are committed as often as was said, and questions are counted', async () => {
  zones.fault('mx.example.com', { kind: 'servfail', type: 'A', times: 1 });
  await expect(resolver.resolve4('mx.example.com')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  expect(await resolver.resolve4('mx.example.com')).toEqual(['127.0.0.2']);
  zones.fault('mx.example.com', 'timeout');
  await expect(resolver.resolve4('mx.example.com')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  zones.mend('mx.example.com');
  expect(zones.asked('mx.example.com', 'A')).toBe(3);
  expect(zones.asked('MX.example.com.', 'AAAA')).toBe(0);
});

test('a truncated answer is had over TCP', async () => {
  zones.fault('mx.example.com', 'truncate');
  expect(await resolver.resolve4('mx.example.com')).toEqual(['127.0.0.2']);
  zones.mend();
  for (let index = 0; index < 200; index += 1) zones.add(`many.example. A 127.1.1.${index}`);
  expect(await resolver.resolve4('many.example')).toHaveLength(200);
  expect(zones.questions.filter((each) => each.via === 'tcp')).toHaveLength(2);
});

test('a record that the lab cannot read is refused by name', () => {
  expect(() => zones.add('x.example. SPF "v=spf1"')).toThrow('x.example. SPF');
});
