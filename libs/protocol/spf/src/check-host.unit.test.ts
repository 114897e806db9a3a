import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { checkHost, type SpfQuestion } from './check-host.ts';
import { expandMacros } from './macro.ts';
import { parseSpfRecord } from './record.ts';
import { type Zone, zoneResolver } from './testing/zone.ts';

const CLIENT = '192.0.2.1';

function check(zone: Zone, change: Partial<SpfQuestion> = {}) {
  return checkHost({ address: CLIENT, domain: 'example.org', ...change }, zoneResolver(zone));
}

/** A zone whose record is this. */
function record(text: string, more: Zone = {}): Zone {
  return { ...more, txt: { 'example.org': [text], ...more.txt } };
}

test.for([
  ['nothing', {}, 'none'],
  ['no SPF among its TXT records', { txt: { 'example.org': ['v=spf10 +all', 'hello'] } }, 'none'],
  ['its address', record('v=spf1 ip4:192.0.2.1 -all'), 'pass'],
  ['a network with bits beyond its prefix', record('v=spf1 ip4:192.0.2.77/24 -all'), 'pass'],
  ['another address', record('v=spf1 ip4:192.0.2.2 -all'), 'fail'],
  ['a soft end', record('v=spf1 ~all'), 'softfail'],
  ['no end', record('v=spf1 ip4:192.0.2.2'), 'neutral'],
  ['its own host', record('v=spf1 a -all', { a: { 'example.org': [CLIENT] } }), 'pass'],
  ['a host by network', record('v=spf1 a:h.example/28//64 -all', { a: { 'h.example': ['192.0.2.14'] } }), 'pass'],
  [
    'its mail hosts',
    record('v=spf1 mx -all', { mx: { 'example.org': ['m.example'] }, a: { 'm.example': [CLIENT] } }),
    'pass',
  ],
  [
    'an include that passes',
    record('v=spf1 include:i.example -all', { txt: { 'i.example': ['v=spf1 ip4:192.0.2.0/24 -all'] } }),
    'pass',
  ],
  [
    'an include that fails, and goes on',
    record('v=spf1 include:i.example ~all', { txt: { 'i.example': ['v=spf1 -all'] } }),
    'softfail',
  ],
  ['an include of nothing', record('v=spf1 include:i.example ~all'), 'permerror'],
  ['a redirect', record('v=spf1 redirect=r.example', { txt: { 'r.example': ['v=spf1 -all'] } }), 'fail'],
  ['a redirect to nothing', record('v=spf1 redirect=r.example'), 'permerror'],
  [
    'exists with macros',
    record('v=spf1 exists:%{ir}.%{v}.x.example -all', { a: { '1.2.0.192.in-addr.x.example': ['127.0.0.2'] } }),
    'pass',
  ],
  [
    'a name that is validated',
    record('v=spf1 ptr -all', { ptr: { [CLIENT]: ['m.example.org'] }, a: { 'm.example.org': [CLIENT] } }),
    'pass',
  ],
  ['a name that is only claimed', record('v=spf1 ptr -all', { ptr: { [CLIENT]: ['m.example.org'] } }), 'fail'],
  ['two records', { txt: { 'example.org': ['v=spf1 +all', 'v=spf1 -all'] } }, 'permerror'],
  ['an unknown mechanism behind one that matches', record('v=spf1 +all foo'), 'permerror'],
  ['an unknown modifier', record('v=spf1 foo=bar -all'), 'fail'],
  ['redirect twice', record('v=spf1 redirect=a.example redirect=b.example'), 'permerror'],
  ['a wrong address', record('v=spf1 ip4:192.0.2.300 -all'), 'permerror'],
  ['a wrong macro', record('v=spf1 exists:%{x}.example.org -all'), 'permerror'],
  ['a record that cannot be looked up', { failing: ['example.org'] }, 'temperror'],
  [
    'an include that cannot be looked up',
    record('v=spf1 include:i.example -all', { failing: ['i.example'] }),
    'temperror',
  ],
] as const)('a domain that publishes %s is answered %3$s', async ([, zone, result]) => {
  expect((await check(zone as Zone)).result).toBe(result);
});

test('ten lookups are enough, and an eleventh is an error', async () => {
  const terms = (count: number) => Array.from({ length: count }, (_, n) => `a:h${n}.example`).join(' ');
  const a = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`h${n}.example`, ['198.51.100.1']]));
  expect(await check(record(`v=spf1 ${terms(10)} -all`, { a }))).toMatchObject({ result: 'fail', lookups: 10 });
  expect(await check(record(`v=spf1 ${terms(11)} -all`, { a }))).toMatchObject({
    result: 'permerror',
    reason: expect.stringContaining('more than 10 lookups'),
  });
  const lifted = await check(record(`v=spf1 ${terms(11)} -all`, { a }), { limits: { lookups: 50, voidLookups: 50 } });
  expect(lifted).toMatchObject({ result: 'fail', lookups: 11 });
});

test('lookups count through includes', async () => {
  const txt = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`i${n}.example`, [`v=spf1 include:i${n + 1}.example -all`]]),
  );
  expect(await check(record('v=spf1 include:i0.example -all', { txt }))).toMatchObject({
    result: 'permerror',
    lookups: 11,
  });
});

test('two empty answers are borne, and a third is an error', async () => {
  expect(await check(record('v=spf1 a:x.example a:y.example -all'))).toMatchObject({ result: 'fail', voidLookups: 2 });
  expect(await check(record('v=spf1 a:x.example a:y.example a:z.example -all'))).toMatchObject({ result: 'permerror' });
});

test.for([
  ['itself', { 'example.org': ['v=spf1 include:example.org -all'] }],
  [
    'one that includes it',
    { 'example.org': ['v=spf1 include:i.example -all'], 'i.example': ['v=spf1 redirect=example.org'] },
  ],
] as const)('a domain that includes %s ends as an error, limits or no limits', async ([, txt]) => {
  expect((await check({ txt })).result).toBe('permerror');
  const lifted = await check({ txt }, { limits: { lookups: 1000, voidLookups: 1000 } });
  expect(lifted).toMatchObject({ result: 'permerror', reason: expect.stringContaining('includes itself') });
});

test('more than ten mail hosts are an error', async () => {
  const mx = { 'example.org': Array.from({ length: 11 }, (_, n) => `m${n}.example`) };
  expect((await check(record('v=spf1 mx -all', { mx }))).result).toBe('permerror');
});

const VALUES = {
  sender: 'strong-bad@email.example.com',
  domain: 'email.example.com',
  address: '192.0.2.3',
  helo: 'mx.example.com',
  validated: 'unknown',
};

/** RFC 7208 §7.4. */
test.for([
  ['%{s}', 'strong-bad@email.example.com'],
  ['%{o}', 'email.example.com'],
  ['%{d}', 'email.example.com'],
  ['%{d4}', 'email.example.com'],
  ['%{d3}', 'email.example.com'],
  ['%{d2}', 'example.com'],
  ['%{d1}', 'com'],
  ['%{dr}', 'com.example.email'],
  ['%{d2r}', 'example.email'],
  ['%{l}', 'strong-bad'],
  ['%{l-}', 'strong.bad'],
  ['%{lr}', 'strong-bad'],
  ['%{lr-}', 'bad.strong'],
  ['%{l1r-}', 'strong'],
  ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
  ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
  ['%{lr-}.lp.%{ir}.%{v}._spf.%{d2}', 'bad.strong.lp.3.2.0.192.in-addr._spf.example.com'],
  ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
  ['%%%_%-', '% %20'],
  ['%{t}', undefined],
  ['%{d0}', undefined],
  ['%x', undefined],
])('the macros of %s expand to %s', ([spec = '', expected]) => {
  expect(expandMacros(spec, VALUES)).toBe(expected);
});

test('an IPv6 address expands to its digits', () => {
  const values = { ...VALUES, address: '2001:db8::cb01' };
  expect(expandMacros('%{ir}.%{v}._spf.%{d2}', values)).toBe(
    '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com',
  );
});

test('a name that is too long loses its front', () => {
  expect(expandMacros(`${'a.'.repeat(200)}example.org`, VALUES)?.length).toBeLessThanOrEqual(253);
});

test('a record of a megabyte is refused in no time', () => {
  const parseAll = () => {
    for (const text of [
      `v=spf1 ${'a '.repeat(500_000)}`,
      `v=spf1 a:${'%{'.repeat(500_000)}`,
      `v=spf1 ip4:${'1'.repeat(1e6)}`,
    ])
      expect(parseSpfRecord(text).kind).toBe('invalid');
  };
  expect(cpuMsOf(parseAll)).toBeLessThan(2_000);
});
