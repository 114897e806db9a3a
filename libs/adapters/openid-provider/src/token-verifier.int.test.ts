import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { freePort, openIdProvider, type OpenIdProvider } from '@postern/lab';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openIdTokenVerifier } from './token-verifier.ts';

let provider: OpenIdProvider;
beforeAll(async () => {
  provider = await openIdProvider();
});
afterAll(() => provider[Symbol.asyncDispose]());

const verifier = (claim = 'sub', audience = 'postern') =>
  openIdTokenVerifier({ issuer: provider.issuer, audience, claim });

describe('a token of the provider', () => {
  test('is good, and its claim says whose it is', async () => {
    expect(await verifier().verify(await provider.token())).toEqual({ kind: 'valid', claim: 'device' });
    const claims = { email: 'printer@lab.example', email_verified: true };
    expect(await verifier('email').verify(await provider.token({ claims }))).toEqual({
      kind: 'valid',
      claim: 'printer@lab.example',
    });
  });

  test('for somebody else, or that has ended, is no good here', async () => {
    expect(await verifier().verify(await provider.token({ audience: 'another' }))).toMatchObject({ kind: 'invalid' });
    const now = (): Date => new Date(Date.now() + 60_000);
    const later = openIdTokenVerifier({ issuer: provider.issuer, audience: 'postern', claim: 'sub', now });
    expect(await later.verify(await provider.token({ lifeSeconds: 10 }))).toEqual({
      kind: 'invalid',
      because: 'it has expired',
    });
  });

  test('without the claim, or with an address that nobody verified, is no good', async () => {
    expect(await verifier('email').verify(await provider.token())).toMatchObject({ kind: 'invalid' });
    const claims = { email: 'boss@lab.example', email_verified: false };
    expect(await verifier('email').verify(await provider.token({ claims }))).toMatchObject({ kind: 'invalid' });
  });

  test('that was changed is no good', async () => {
    const [head, payload = '', signature] = (await provider.token()).split('.');
    const changed = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...changed, sub: 'root' })).toString('base64url');
    expect(await verifier().verify(`${head}.${forged}.${signature}`)).toMatchObject({ kind: 'invalid' });
  });
});

test.each([
  ['nothing', ''],
  ['no token', 'a.b.c'],
  ['a token without a signature', unsigned()],
  ['a token of another key', signed('RS256')],
  ['a token whose signature anyone could make (HS256)', shared()],
])('%s is no good', async (_, token) => {
  expect(await verifier().verify(await token)).toMatchObject({ kind: 'invalid' });
});

test('keys are fetched once for many tokens, and a flood of unknown keys does not fetch them each time', async () => {
  const own = verifier();
  const before = fetches();
  const [good, unknown] = await Promise.all([provider.token(), signed('RS256', 'nobody-knows-it')]);
  await Promise.all(Array.from({ length: 20 }, () => own.verify(good)));
  expect(fetches() - before).toBe(1);
  for (let token = 0; token < 20; token += 1) await own.verify(unknown);
  expect(fetches() - before).toBeLessThanOrEqual(2);
});

test('while the provider is away nobody can say, and a token is not refused; known keys go on', async () => {
  const [known, fresh] = [verifier(), verifier()];
  const token = await provider.token();
  expect(await known.verify(token)).toMatchObject({ kind: 'valid' });
  await provider.stop();
  try {
    expect(await known.verify(token)).toMatchObject({ kind: 'valid' });
    expect(await fresh.verify(token)).toMatchObject({ kind: 'unavailable' });
  } finally {
    await provider.start();
  }
  await expect.poll(() => fresh.verify(token), { timeout: 5_000 }).toMatchObject({ kind: 'valid' });
});

describe('a provider that errs', () => {
  test.each<[string, RequestListener]>([
    ['answers 500', (_request, response) => response.writeHead(500).end()],
    ['redirects', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['answers with no JSON', (_request, response) => response.end('<html>')],
    ['speaks for another issuer', (_request, response) => response.end('{"issuer":"https://other.example"}')],
    ['answers without end', (_request, response) => endless(response)],
  ])('%s', async (_, listener) => {
    await using wrong = await serving(listener);
    const verdict = await openIdTokenVerifier({ issuer: wrong.issuer, audience: 'postern', claim: 'sub' }).verify(
      'a.b.c',
    );
    expect(verdict).toMatchObject({ kind: 'unavailable' });
  });
});

function fetches(): number {
  return provider.asked.get('/jwks') ?? 0;
}

function endless(response: Parameters<RequestListener>[1]): void {
  const more = (): void => {
    while (response.write('x'.repeat(65_536)));
    response.once('drain', more);
  };
  more();
}

async function serving(listener: RequestListener): Promise<AsyncDisposable & { readonly issuer: string }> {
  const port = await freePort();
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function unsigned(): Promise<string> {
  return new UnsecuredJWT({ sub: 'device' }).setAudience('postern').setExpirationTime('1h').encode();
}

async function signed(alg: string, kid = 'lab'): Promise<string> {
  const { privateKey } = await generateKeyPair(alg);
  return new SignJWT({ sub: 'device' })
    .setProtectedHeader({ alg, kid })
    .setAudience('postern')
    .setExpirationTime('1h')
    .sign(privateKey);
}

async function shared(): Promise<string> {
  const { publicKey } = await generateKeyPair('RS256');
  const key = new TextEncoder().encode(JSON.stringify(await exportJWK(publicKey)));
  return new SignJWT({ sub: 'device' })
    .setProtectedHeader({ alg: 'HS256', kid: 'lab' })
    .setAudience('postern')
    .setExpirationTime('1h')
    .sign(key);
}
