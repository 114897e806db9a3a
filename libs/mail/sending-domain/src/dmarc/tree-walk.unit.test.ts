import { expect, test } from 'vitest';
import { organisationalDomain, policyFor, walkedNames, walkTree } from './tree-walk.ts';

const POLICY = 'v=DMARC1; p=reject';

async function walk(domain: string, records: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const walked = await walkTree(domain, {
    txt(name) {
      asked.push(name);
      const about = { authentic: false, ttlSeconds: 60, canonicalName: name };
      const texts = records[name.replace('_dmarc.', '')];
      return Promise.resolve(texts ? { kind: 'found', records: texts, ...about } : { kind: 'nxdomain', ...about });
    },
  });
  if (walked.kind === 'failed') throw new Error(walked.name);
  const { found, wrong } = walked;
  return {
    asked,
    wrong,
    organisation: organisationalDomain(domain, found),
    policy: policyFor(domain, found)?.name,
  };
}

test.for([
  [
    'the name with the fewest labels',
    'a.mail.example.com',
    { 'mail.example.com': POLICY, 'example.com': POLICY },
    'example.com',
  ],
  ['the domain itself, where nobody published anything', 'a.mail.example.com', {}, 'a.mail.example.com'],
  ['the name below a public suffix', 'a.mail.example.com', { com: `${POLICY}; psd=y` }, 'example.com'],
  ['the suffix itself, for itself', 'com', { com: `${POLICY}; psd=y` }, 'com'],
  [
    'where an organisation says that it begins',
    'a.mail.example.com',
    { 'mail.example.com': `${POLICY}; psd=n`, 'example.com': POLICY },
    'mail.example.com',
  ],
] as const)('the organisational domain is %s', async ([, domain, given, expected]) => {
  const records = Object.fromEntries(Object.entries(given).map(([name, text]) => [name, [text]]));
  expect((await walk(domain, records)).organisation).toBe(expected);
});

test('the policy is that of the domain itself, else that of its organisation, else that of the suffix', async () => {
  const records = { 'example.com': [POLICY], 'mail.example.com': [POLICY], com: [`${POLICY}; psd=y`] };
  expect((await walk('mail.example.com', records)).policy).toBe('mail.example.com');
  expect((await walk('a.b.example.com', records)).policy).toBe('example.com');
  expect((await walk('other.com', records)).policy).toBe('com');
});

test('two records of one name count as none', async () => {
  const { policy, wrong } = await walk('example.com', { 'example.com': [POLICY, POLICY] });
  expect(policy).toBeUndefined();
  expect(wrong).toEqual([{ name: 'example.com', reason: 'there are 2 DMARC records' }]);
});

test('a name of a hundred labels costs eight questions', async () => {
  const domain = `${'a.'.repeat(98)}example.com`;
  expect((await walk(domain, {})).asked).toHaveLength(8);
  expect(walkedNames('a.b.c.d.e.f.mail.example.com')).toEqual([
    'a.b.c.d.e.f.mail.example.com',
    'c.d.e.f.mail.example.com',
    'd.e.f.mail.example.com',
    'e.f.mail.example.com',
    'f.mail.example.com',
    'mail.example.com',
    'example.com',
    'com',
  ]);
});
