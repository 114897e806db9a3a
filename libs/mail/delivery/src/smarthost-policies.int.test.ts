import { type MailHost, policyFile, type PolicyHost, selfSigned } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectNextHop } from './connect.ts';
import { findNextHop } from './next-hop.ts';
import type { Route } from './route.ts';
import {
  labHost,
  labPolicyHost,
  POLICY_ADDRESS,
  type TlsInternet,
  tlsInternet,
  type TlsScenario,
  tlsScenario,
} from './testing/tls-scenario.ts';

const NAMES = ['smtp1', 'smtp2', 'smtp3'] as const;
const full = (name: string) => `${name}.smart.example`;

let internet: TlsInternet;
let web: PolicyHost;
let scenario: TlsScenario;
const hosts: MailHost[] = [];
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const records = NAMES.map(
    (name, index) => `
      ${full(name)}. A 127.0.10.${index + 1}
      _mta-sts.${full(name)}. TXT "v=STSv1; id=${index + 1};"
      mta-sts.${full(name)}. A ${POLICY_ADDRESS}`,
  ).join('\n');
  internet = await tlsInternet(() => Promise.resolve({ 'smart.example': { security: 'unsigned', records } } as const));
  const leaves = [await selfSigned([full('smtp1')]), await internet.ca.issue([full('smtp2')]), undefined];
  for (const [index, leaf] of leaves.entries()) hosts.push(await labHost(internet, `127.0.10.${index + 1}`, leaf));
  web = await labPolicyHost(
    internet.ca,
    NAMES.map((name) => `mta-sts.${full(name)}`),
  );
  web.answer((request, response) => {
    const mx = (request.headers.host ?? '').replace(/^mta-sts\./, '').replace(/:.*/, '');
    policyFile(`version: STSv1\nmode: enforce\nmx: ${mx}\nmax_age: 86400\n`)(request, response);
  });
  scenario = await tlsScenario(internet, { policyPort: web.port, cleanUp: (work) => void ends.push(work) });
}, 60_000);
afterAll(async () => {
  for (const end of ends) await end();
  await Promise.all(hosts.map((host) => host.close()));
  await web?.close();
  await internet?.[Symbol.asyncDispose]();
});

/** Opens a session with the smarthosts of a route, in this order. */
async function connected(...names: readonly (typeof NAMES)[number][]) {
  const { port } = internet;
  const upstreams = names.map((name, preference) => ({ host: full(name), port, preference, implicitTls: false }));
  const route: Route = {
    queueId: 77,
    name: 'office',
    kind: 'smarthost',
    upstreams,
    tls: 'opportunistic',
    auth: undefined,
  };
  const context = {
    ...scenario.context,
    routes: { byQueue: () => Promise.resolve({ kind: 'route', route } as const), rules: () => Promise.resolve([]) },
  };
  const about = { domain: 'receiver.example', wish: 'none', credentialId: undefined } as const;
  const found = await findNextHop({ kind: 'route', id: 77, name: 'office' }, about, context);
  if (found.kind !== 'found') return expect.unreachable(found.kind);
  const end = await connectNextHop(found.hop, context, { broken: new Map(), signal: new AbortController().signal });
  if (end.kind === 'connected') await end.connection.close();
  return end;
}

test('each of several smarthosts is held to its own policy, and one that does not meet it is passed over', async () => {
  expect(await connected('smtp1', 'smtp3', 'smtp2')).toMatchObject({
    kind: 'connected',
    policy: 'verified: the MTA-STS policy 2 of smtp2.smart.example',
    recorded: { applied: 'mta-sts', verdict: 'pass' },
  });
  expect(await connected('smtp2')).toMatchObject({ kind: 'connected', recorded: { applied: 'mta-sts' } });
});

test('a second smarthost takes the policy of the first one not away: mail waits while neither proves itself', async () => {
  expect(await connected('smtp1', 'smtp3')).toMatchObject({
    kind: 'failed',
    failure: {
      reply: {
        code: 451,
        enhanced: '4.7.5',
        text: expect.stringMatching(/MTA-STS policy \d of smtp\d\.smart\.example/),
      },
      channel: { applied: 'mta-sts', verdict: 'fail' },
    },
  });
  expect(hosts.map(({ count }) => count)).toEqual([0, 0, 0]);
});
