import { parseDomain } from '@postern/smtp';
import { expect, test } from 'vitest';
import { terraform, zoneFile } from './record-forms.ts';
import { recordsOf } from './records.ts';
import type { DkimKey } from './sending-domain.ts';

const KEY: DkimKey = {
  id: '1',
  selector: 'postern-a-rsa',
  algorithm: 'rsa-sha256',
  bits: 2048,
  state: 'active',
  publicKey: 'A'.repeat(392),
  createdAt: new Date(0),
  seenAt: undefined,
  activatedAt: undefined,
  retiredAt: undefined,
  revokedAt: undefined,
};
const SOURCES = { hostname: 'mail.example.net', addresses: ['192.0.2.1', '2001:db8::1'] };

function domain(text: string) {
  const parsed = parseDomain(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

test('a key of RSA is published in strings of 255 octets at most', () => {
  const records = recordsOf({ name: domain('example.org'), delegatedTo: undefined, keys: [KEY] }, SOURCES);
  const [line = ''] = zoneFile(records).split('\n');
  expect(line).toMatch(/^postern-a-rsa\._domainkey\.example\.org\. 3600 IN TXT "v=DKIM1; k=rsa; p=A+" "A+"$/);
  expect([...line.matchAll(/"([^"]*)"/g)].every(([, text = '']) => text.length <= 255)).toBe(true);
  expect(zoneFile(records)).toContain('example.org. 3600 IN TXT "v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 ~all"');
});

test('a delegated domain has a CNAME for each selector that may come, and its keys stand in our zone', () => {
  const delegated = { name: domain('example.org'), delegatedTo: domain('dkim.example.net'), keys: [KEY] };
  const records = recordsOf(delegated, SOURCES);
  expect(records.filter(({ type }) => type === 'CNAME')).toHaveLength(6);
  expect(zoneFile(records)).toContain(
    'postern-a-rsa._domainkey.example.org. 3600 IN CNAME postern-a-rsa.example.org.dkim.example.net.',
  );
  expect(records.find(({ zone }) => zone === 'dkim.example.net')).toMatchObject({
    name: 'postern-a-rsa.example.org.dkim.example.net',
    type: 'TXT',
  });
});

test('a host name of one label, which would break the record, does not stand in the SPF record that is advised', () => {
  const named = { name: domain('example.org'), delegatedTo: undefined, keys: [] };
  const spf = recordsOf(named, { hostname: 'vm', addresses: [] }).find(({ purpose }) => purpose === 'SPF');
  expect(spf).toMatchObject({ value: 'v=spf1 mx ~all', note: expect.stringContaining('POSTERN_SOURCE_ADDRESSES') });
  const known = recordsOf(named, { hostname: 'vm', addresses: ['192.0.2.1'] }).find(({ purpose }) => purpose === 'SPF');
  expect(known?.value).toBe('v=spf1 ip4:192.0.2.1 ~all');
});

test('a revoked key is published empty', () => {
  const revoked = {
    name: domain('example.org'),
    delegatedTo: undefined,
    keys: [{ ...KEY, state: 'revoked' as const }],
  };
  expect(recordsOf(revoked, SOURCES)[0]).toMatchObject({ value: 'v=DKIM1; p=', needed: false });
});

test('Terraform is given names below the zone, and its own sequences as text', () => {
  const record = { purpose: 'x', zone: 'example.org', type: 'TXT', needed: true, note: undefined } as const;
  const text = terraform([
    { ...record, name: 'example.org', value: 'v=spf1 exists:%{ir}.example ${x}' },
    { ...record, name: '_dmarc.example.org', value: 'v=DMARC1; p=none' },
  ]);
  expect(text).toContain('txt  = ["v=spf1 exists:%%{ir}.example $${x}"]');
  expect(text).toContain('name = "_dmarc"');
});
