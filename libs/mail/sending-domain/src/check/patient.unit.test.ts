import type { Resolver } from '@postern/dns';
import { expect, test } from 'vitest';
import { checkSpf } from './check-spf.ts';
import { patient } from './patient.ts';

/** Every name includes ten others, each as slow as its servers like. */
function endless(asked: string[]): Resolver {
  const about = { authentic: false, ttlSeconds: 60 } as const;
  const none = (name: string) => Promise.resolve({ kind: 'nxdomain', canonicalName: name, ...about } as const);
  return {
    async txt(name) {
      asked.push(name);
      await new Promise((resolve) => setTimeout(resolve, 20));
      const includes = Array.from({ length: 10 }, (_, n) => `include:i${asked.length}-${n}.example`);
      return { kind: 'found', records: [`v=spf1 ${includes.join(' ')} -all`], canonicalName: name, ...about };
    },
    mx: none,
    addresses: none,
    ptr: none,
    tlsa: none,
    cname: none,
  };
}

test('records of strangers that lead ever deeper, answered slowly, do not keep a check for ever', async () => {
  const asked: string[] = [];
  const lines = await checkSpf('example.org', { sources: ['192.0.2.1'], advised: '' }, patient(endless(asked), 100));
  expect(lines.map(({ status }) => status)).toEqual(['unknown']);
  expect(asked.length).toBeLessThan(10);
});
