import { expect, test } from 'vitest';
import { limitsOf, NOTHING_SET } from './limits.ts';
import { siteOf } from './site-of.ts';

const hosts = (...names: readonly string[]) => names.map((name, index) => ({ name, preference: index * 10 }));

test('domains whose hosts have names of their own at one provider are one site', () => {
  expect(siteOf(hosts('contoso-com.mail.protection.outlook.com'))).toBe('provider:microsoft');
  expect(siteOf(hosts('fabrikam-org.mail.protection.outlook.com'))).toBe('provider:microsoft');
  expect(siteOf(hosts('aspmx.l.google.com', 'alt1.aspmx.l.google.com'))).toBe('provider:google');
  expect(siteOf(hosts('mta7.am0.yahoodns.net', 'mta5.am0.yahoodns.net'))).toBe('provider:yahoo');
});

test("a domain with a host elsewhere is not the provider's, and a name that only ends alike is nobody's", () => {
  expect(siteOf(hosts('aspmx.l.google.com', 'backup.example.net'))).toBe('aspmx.l.google.com|backup.example.net');
  expect(siteOf(hosts('mx.notgoogle.com'))).toBe('mx.notgoogle.com');
});

test('what an operator set goes before what a provider is known for, and a floor is never above its ceiling', () => {
  expect(limitsOf('provider:yahoo', NOTHING_SET)).toMatchObject({ lanes: { most: 10 }, connection: { messages: 20 } });
  expect(limitsOf('provider:yahoo', { ...NOTHING_SET, mostLanes: 3, leastLanes: 5 }).lanes).toEqual({
    least: 3,
    first: 3,
    most: 3,
  });
});
