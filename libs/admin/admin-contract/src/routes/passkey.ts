import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';
import { session } from './session.ts';

/** A passkey of one's own: a key that a device keeps, and that signs in by itself. */
export const passkey = z
  .object({ id: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() })
  .meta({ id: 'Passkey' });
export type Passkey = z.output<typeof passkey>;

/** How many passkeys an account may have. */
export const MAX_PASSKEYS = 20;

const base64url = (octets: number) => {
  const atMost = Math.ceil((octets * 4) / 3);
  return z
    .string()
    .min(1)
    .max(atMost)
    .regex(/^[\w-]+$/, 'Expected base64url');
};
// Web Authentication Level 3 §4: a credential's id has 1023 octets at most, a user handle 64.
const credentialId = base64url(1023);
const transports = z.array(z.string().max(32)).max(10);
const descriptor = z.object({ id: z.string(), type: z.literal('public-key'), transports });

/** What `navigator.credentials.create()` is asked, in JSON (Web Authentication Level 3 §5.1.8). */
export const passkeyCreation = z
  .object({
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    challenge: z.string(),
    pubKeyCredParams: z.array(z.object({ alg: z.int(), type: z.literal('public-key') })),
    timeout: z.int(),
    excludeCredentials: z.array(descriptor),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    attestation: z.literal('none'),
  })
  .meta({ id: 'PasskeyCreation' });
export type PasskeyCreation = z.output<typeof passkeyCreation>;

/** What `navigator.credentials.get()` is asked, in JSON; any passkey of this console may answer. */
export const passkeyRequest = z
  .object({
    rpId: z.string(),
    challenge: z.string(),
    timeout: z.int(),
    userVerification: z.literal('required'),
  })
  .meta({ id: 'PasskeyRequest' });
export type PasskeyRequest = z.output<typeof passkeyRequest>;

/** What every answer of a browser has. */
const answered = { id: credentialId, rawId: credentialId, type: z.literal('public-key') };

/** The new key: what counts of that which `PublicKeyCredential.toJSON()` writes. */
export const newPasskeyProof = z
  .strictObject({
    ...answered,
    response: z.strictObject({
      clientDataJSON: base64url(4096),
      attestationObject: base64url(16_384),
      transports: transports.optional(),
    }),
  })
  .meta({ id: 'NewPasskeyProof' });
export type NewPasskeyProof = z.output<typeof newPasskeyProof>;

/** The signature of a key: what counts of that which `PublicKeyCredential.toJSON()` writes. */
export const passkeyProof = z
  .strictObject({
    ...answered,
    response: z.strictObject({
      clientDataJSON: base64url(4096),
      authenticatorData: base64url(4096),
      signature: base64url(4096),
      userHandle: base64url(64),
    }),
  })
  .meta({ id: 'PasskeyProof' });
export type PasskeyProof = z.output<typeof passkeyProof>;

const tag = 'Session';
const path = '/api/v1/session';
const confirmed = z.object({ password: z.string().min(1).max(128) });

export const PASSKEY_ROUTES = {
  askForPasskey: route({
    method: 'POST',
    path: `${path}/passkey/challenge`,
    tag,
    summary: 'Begin to sign in with a passkey: what it is to sign, for the browser that gets the cookie, once and soon',
    permission: 'anyone',
    status: 200,
    response: passkeyRequest,
    problems: ['conflict'],
  }),
  signInWithPasskey: route({
    method: 'POST',
    path: `${path}/passkey`,
    tag,
    summary: 'Sign in with a passkey, which is both factors; the session comes as a cookie',
    permission: 'anyone',
    body: z.object({ credential: passkeyProof }),
    status: 200,
    response: session,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  startPasskey: route({
    method: 'POST',
    path: `${path}/passkeys/challenge`,
    tag,
    summary: 'Begin to add a passkey to the own account: what the browser is to make, once and soon, for this session',
    permission: 'signed-in',
    body: confirmed,
    status: 200,
    response: passkeyCreation,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  addPasskey: route({
    method: 'POST',
    path: `${path}/passkeys`,
    tag,
    summary: 'Add the passkey that the browser made',
    permission: 'signed-in',
    body: z.object({ name: z.string().trim().min(1).max(60), credential: newPasskeyProof }),
    status: 201,
    response: passkey,
    problems: ['sign-in-refused', 'conflict'],
  }),
  removePasskey: route({
    method: 'POST',
    path: `${path}/passkeys/{id}/remove`,
    tag,
    summary: "Remove one of one's own passkeys; one's other sessions end",
    permission: 'signed-in',
    params: z.object({ id: z.string().min(1).max(64) }),
    body: confirmed,
    status: 204,
    problems: ['not-found', 'sign-in-refused', 'conflict', 'too-many-requests'],
  }),
};
