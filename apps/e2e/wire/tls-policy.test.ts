import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  certificateAuthority,
  mailHost,
  type CertificateAuthority,
  policyFile,
  policyHost,
  type PolicyHost,
  temporaryDirectory,
} from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, fateOf, messageId, type Scenario, scenario, SOUND, submit } from '../src/index.ts';

let world: Scenario;
let web: PolicyHost;
let ca: CertificateAuthority;
let remove: () => Promise<void>;

const POLICY = (mx: string) => `version: STSv1\nmode: enforce\nmx: ${mx}\nmax_age: 86400\n`;

beforeAll(async () => {
  ca = await certificateAuthority();
  const folder = await temporaryDirectory();
  remove = folder.remove;
  const roots = join(folder.path, 'roots.pem');
  await writeFile(roots, ca.certificate);
  web = await policyHost({
    certificate: await ca.issue(['mta-sts.receiver.example', 'mta-sts.forged.example']),
    address: '127.0.6.1',
  });
  const { key, chain: cert } = await ca.issue(['mx.receiver.example']);
  world = await scenario({
    host: { tls: { key, cert } },
    env: { POSTERN_POLICY_PORT: String(web.port), POSTERN_TLS_ROOTS: roots },
  });
  world.internet.zone.add(`
    _mta-sts.receiver.example. TXT "v=STSv1; id=1;"
    mta-sts.receiver.example. A 127.0.6.1
    forged.example. MX 10 mx.forged.example.
    mx.forged.example. A 127.0.6.2
    _mta-sts.forged.example. TXT "v=STSv1; id=1;"
    mta-sts.forged.example. A 127.0.6.1`);
});
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await web?.close();
  await remove?.();
});

test('mail under an enforced MTA-STS policy is delivered to a host that proves itself, and its attempt says so', async () => {
  web.answer(policyFile(POLICY('*.receiver.example')));
  expect(await fateOf(world, 'a@receiver.example')).toMatchObject({ state: 'delivered' });
  const { reply } = await submit(world, SOUND, { to: ['b@receiver.example'] });
  await fateBy(world, messageId(reply), ({ state }) => state === 'delivered');
  const shown = await world.gateway.json<{ attemptPage: { items: readonly { channel: unknown; policy: string }[] } }>([
    'message',
    'show',
    messageId(reply),
  ]);
  expect(shown.attemptPage.items[0]).toMatchObject({
    policy: 'verified: the MTA-STS policy 1 of receiver.example',
    channel: { applied: 'mta-sts', verdict: 'pass', certificate: { names: ['mx.receiver.example'] } },
  });
});

test('STARTTLS that somebody stripped keeps mail back while a policy demands it, and explain says why', async () => {
  await using stripped = await mailHost({ address: '127.0.6.2', port: world.internet.host.port });
  web.answer(policyFile(POLICY('mx.forged.example')));
  expect(await fateOf(world, 'a@forged.example')).toMatchObject({ state: 'deferred' });
  expect(stripped.count).toBe(0);
  const explained = await world.gateway.json<Record<string, unknown>>(['policy', 'explain', 'forged.example']);
  expect(explained).toMatchObject({
    domain: 'forged.example',
    verdict: 'fail',
    dnssec: { believed: false },
    mtaSts: { mode: 'enforce', id: '1' },
    hosts: [
      {
        host: 'mx.forged.example',
        namedByMtaSts: true,
        mustProve: { demand: 'verified', policy: 'mta-sts' },
        proved: { verdict: 'fail', resultType: 'starttls-not-supported' },
      },
    ],
  });
  expect(await world.gateway.cli(['policy', 'explain', 'receiver.example'])).toMatch(/receiver\.example: pass/);
  expect(stripped.count).toBe(0);
});

test('a rule allows, demands, is listed and goes, by the command line', async () => {
  const add = ['policy', 'rule', 'add', '--domain', 'clear.example', '--require', 'verified', '--reason', 'contract 7'];
  const rule = await world.gateway.json<{ id: string }>(add);
  expect(await world.gateway.json(['policy', 'rule', 'list'])).toMatchObject([{ id: rule.id, channel: 'verified' }]);
  await world.gateway.cli(['policy', 'rule', 'remove', rule.id]);
  expect(await world.gateway.json(['policy', 'rule', 'list'])).toEqual([]);
  const simulated = await world.gateway.json(['policy', 'simulate', '--domain', 'receiver.example']);
  expect(simulated).toMatchObject({ domains: [{ domain: 'receiver.example', wouldHaveFailed: 0 }] });
});
