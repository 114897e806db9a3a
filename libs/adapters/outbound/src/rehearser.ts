import type { RouteTest } from '@postern/admin-contract';
import type { Configuration } from '@postern/configuration';
import type { Upstream } from '@postern/delivery';
import type { PolicyLog } from '@postern/destination-policy';
import { hostAddresses } from '@postern/dns';
import { fetchToken } from '@postern/oauth-client';
import type { Store, StoredRoute } from '@postern/prisma-store';
import { unseal, UPSTREAM_CERTIFICATE, UPSTREAM_PASSWORD } from '@postern/sealing';
import type { Dialer, DialTarget } from '@postern/smtp-client';
import { addressLiteralOf, type Reply } from '@postern/smtp';
import { createDialer } from '@postern/smtp-socket';
import { reach, type Reach } from './reach.ts';
import { upstreamsOf } from './upstreams-of.ts';

/** A person waits: nobody is given the minutes that mail gives. */
const STEP_MS = 8_000;
const TIMEOUTS = {
  connectMs: STEP_MS,
  greetingMs: STEP_MS,
  ehloMs: STEP_MS,
  tlsMs: STEP_MS,
  authMs: STEP_MS,
  mailMs: STEP_MS,
  rcptMs: STEP_MS,
  dataMs: STEP_MS,
  quitMs: 500,
};

type Step = RouteTest['hosts'][number]['steps'][number];

interface Mail {
  readonly sender: string;
  readonly recipient: string;
}

/** Speaks with the hosts of a route as mail would, as far as DATA, and hangs up before any content. */
export function rehearser(
  configuration: Configuration,
  store: Pick<Store, 'tls' | 'routes'>,
  { sealKey, log }: { readonly sealKey: Buffer; readonly log: PolicyLog },
): (name: string, mail: Mail) => Promise<RouteTest> {
  let made: Reach | undefined;
  return async (name, mail) => {
    made ??= reach(configuration, store, log);
    const { resolver, authorities } = made;
    const dialer = createDialer({ localName: configuration.hostname, ca: authorities, timeouts: TIMEOUTS });
    const route = (await store.routes.list()).find((each) => each.name === name);
    if (!route) return { ok: false, hosts: [] };
    const auth = await authOf(route, sealKey);
    const hosts = await Promise.all(
      upstreamsOf(route).map(async (upstream) => {
        const { host, port } = upstream;
        const steps: Step[] = auth && 'steps' in auth ? [...auth.steps] : [];
        const usable = auth === undefined || 'auth' in auth;
        if (usable) {
          const found = await hostAddresses(addressLiteralOf(host) ?? host, resolver, Math.random);
          const address = found.kind === 'found' ? found.records[0]?.address : undefined;
          if (address === undefined)
            steps.push({ step: 'resolve', ok: false, said: `${host} has no address (${found.kind})` });
          else
            steps.push(
              { step: 'resolve', ok: true, said: address },
              ...(await converse(dialer, targetOf({ route, upstream, address, auth: auth?.auth, sealKey }), mail)),
            );
        }
        return { host, port, ok: steps.every((step) => step.ok), steps };
      }),
    );
    return { ok: hosts.length > 0 && hosts.every((host) => host.ok), hosts };
  };
}

type Auth = NonNullable<DialTarget['auth']>;

async function authOf(
  { username, sealedPassword, oauth }: StoredRoute,
  key: Buffer,
): Promise<{ readonly auth: Auth; readonly steps: readonly Step[] } | { readonly steps: readonly Step[] } | undefined> {
  if (username === undefined || !sealedPassword) return undefined;
  const secret = unseal(sealedPassword, { key, purpose: UPSTREAM_PASSWORD });
  if (secret === undefined)
    return { steps: [{ step: 'password', ok: false, said: 'it cannot be opened, POSTERN_SECRET is another one' }] };
  if (!oauth) return { auth: { name: username, secret }, steps: [] };
  const fetched = await fetchToken({ ...oauth, clientSecret: secret });
  if (fetched.kind === 'refused') return { steps: [{ step: 'token', ok: false, said: fetched.because }] };
  const said = `it holds for ${Math.round(fetched.expiresInMs / 60_000)} minutes`;
  return {
    auth: { name: username, secret: fetched.token, mechanisms: ['XOAUTH2', 'OAUTHBEARER'] },
    steps: [{ step: 'token', ok: true, said }],
  };
}

function targetOf(given: {
  readonly route: StoredRoute;
  readonly upstream: Upstream;
  readonly address: string;
  readonly auth: Auth | undefined;
  readonly sealKey: Buffer;
}): DialTarget {
  const { route, upstream, address, auth, sealKey } = given;
  const sealed = route.sealedClientCertificate;
  const clientCertificate = sealed && unseal(sealed, { key: sealKey, purpose: UPSTREAM_CERTIFICATE });
  const { host, port, implicitTls } = upstream;
  return {
    host,
    address,
    port,
    implicitTls,
    demand: demandOf(route, host),
    ...(auth ? { auth } : {}),
    ...(clientCertificate ? { clientCertificate } : {}),
  };
}

/** What DANE would demand more, `policy explain` tells. */
function demandOf({ tls, name }: StoredRoute, host: string): DialTarget['demand'] {
  const because = `route ${name}`;
  if (tls === 'opportunistic') return { kind: 'opportunistic' };
  return tls === 'verify' ? { kind: 'verified', names: [host], because } : { kind: 'encrypted', because };
}

async function converse(dialer: Dialer, target: DialTarget, { sender, recipient }: Mail): Promise<readonly Step[]> {
  const end = await dialer.dial(target);
  if (end.kind === 'refused') {
    const { fault, reply } = end.refusal;
    return [{ step: fault.stage, ok: false, said: reply ? `${fault.reason}: ${wordsOf(reply)}` : fault.reason }];
  }
  const { connection } = end;
  const { banner, tls, because, extensions } = connection.facts;
  const opened: readonly Step[] = [
    { step: 'greeting', ok: true, said: banner },
    { step: 'tls', ok: true, said: tls ? `${tls.protocol} ${tls.cipher}: ${because}` : `in clear: ${because}` },
    ...(target.auth ? [{ step: 'auth', ok: true, said: `as ${target.auth.name}` }] : []),
    { step: 'ehlo', ok: true, said: extensions.pipelining ? 'offers PIPELINING' : 'offers no PIPELINING' },
  ];
  const content = { head: Buffer.alloc(0), octets: Buffer.alloc(0) };
  const sent = await connection.transact({
    reversePath: sender,
    recipients: [recipient],
    sizeOctets: 1_000,
    body: '7BIT',
    smtpUtf8: false,
    content,
    // Nothing of a message leaves: the connection is cut where its content would begin.
    beforeContent: () => false,
  });
  connection.destroy();
  const [decided] = sent.recipients;
  if (decided?.kind === 'refused') return [...opened, { step: decided.stage, ok: false, said: wordsOf(decided.reply) }];
  if (sent.fault && sent.fault.kind !== 'local')
    return [...opened, { step: sent.fault.stage, ok: false, said: sent.fault.reason }];
  return [...opened, { step: 'rcpt', ok: true, said: 'the sender and the recipient are taken; nothing was sent' }];
}

function wordsOf({ code, enhanced, lines }: Reply): string {
  return [code, enhanced ?? '', lines.join(' ')].join(' ').slice(0, 500);
}
