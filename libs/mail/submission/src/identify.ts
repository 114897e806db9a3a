import type { CredentialWithSecrets, Identity } from '@postern/credentials';
import { StoreUnavailable } from '@postern/queue';
import type { CertificateCredentials, Credentials, ScramCredentials, TokenCredentials } from '@postern/sasl';
import { replies, reply } from '@postern/smtp';
import type { Client } from '@postern/smtp-server';
import { authenticate, type Identified, whyUnusable } from './authenticate.ts';
import { mayActAs } from './may-act-as.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** What credentials of every mechanism are judged with. */
export interface IdentifyWith {
  readonly find: (name: string) => Promise<CredentialWithSecrets | undefined>;
  readonly findByIdentity: (identity: Identity) => Promise<CredentialWithSecrets | undefined>;
  /** Undefined where no OpenID provider is configured. */
  readonly tokens: TokenVerifier | undefined;
  readonly hashKey: Buffer;
  readonly now: Date;
}

/**
 * Whose credential a client has shown to be its own, by whichever mechanism.
 *
 * Whatever is wrong is refused in the same words (RFC 4954 §6: 535 5.7.8); what could not be looked up is 454 (§4).
 */
export async function identify(credentials: Credentials, client: Client, using: IdentifyWith): Promise<Identified> {
  try {
    switch (credentials.mechanism) {
      case 'PLAIN':
      case 'LOGIN':
        return await authenticate({ ...credentials, address: client.address }, using);
      case 'SCRAM-SHA-256':
      case 'SCRAM-SHA-256-PLUS':
        return await byProof(credentials, client, using);
      case 'OAUTHBEARER':
      case 'XOAUTH2':
        return await byToken(credentials, client, using);
      case 'EXTERNAL':
        return await byCertificate(credentials, client, using);
    }
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause;
    return { kind: 'refused', reply: replies.cannotAuthenticateNow, because: 'store unavailable' };
  }
}

/** The secret that was proved has to be one that is good now: it may have been retired since the exchange began. */
async function byProof({ name, proved }: ScramCredentials, client: Client, using: IdentifyWith): Promise<Identified> {
  const credential = await using.find(name);
  const secret = credential?.secrets.find(
    ({ scram, expiresAt }) =>
      proved !== undefined &&
      scram?.storedKey.equals(proved.storedKey) === true &&
      (expiresAt === undefined || expiresAt > using.now),
  );
  if (!credential || !secret) return refuse(credential ? 'wrong secret' : 'unknown name');
  return usable(credential, client, { ...using, secretId: secret.id });
}

async function byToken(given: TokenCredentials, client: Client, using: IdentifyWith): Promise<Identified> {
  const verdict = await using.tokens?.verify(given.token);
  if (!verdict) return refuse('no OpenID provider is configured');
  if (verdict.kind === 'unavailable')
    return { kind: 'refused', reply: replies.cannotAuthenticateNow, because: `OpenID provider: ${verdict.because}` };
  if (verdict.kind === 'invalid') return refuse(`token: ${verdict.because}`);
  const credential = await using.findByIdentity({ kind: 'token', value: verdict.claim });
  if (!credential) return refuse('the token’s claim is bound to no credential');
  if (!mayActAs(given.name, credential.name, verdict.claim)) return refuse('the token is for another name');
  return usable(credential, client, using);
}

/**
 * The fingerprint says which certificate it is, so who issued it is nothing to us; its dates are. A subject is what an authority
 * says, and counts where that is one of ours.
 */
async function byCertificate(given: CertificateCredentials, client: Client, using: IdentifyWith): Promise<Identified> {
  const certificate = client.tls?.clientCertificate;
  if (!certificate) return refuse('no certificate');
  if (using.now < certificate.validFrom || using.now > certificate.validTo)
    return refuse('the certificate has expired');
  const credential =
    (await using.findByIdentity({ kind: 'certificate', value: certificate.fingerprintSha256 })) ??
    (certificate.issuer === 'ours'
      ? await using.findByIdentity({ kind: 'subject', value: certificate.subject })
      : undefined);
  if (!credential) return refuse('the certificate is bound to no credential');
  if (!mayActAs(given.name, credential.name)) return refuse('the certificate is for another name');
  return usable(credential, client, using);
}

function usable(
  credential: CredentialWithSecrets,
  client: Client,
  { now, secretId }: Pick<IdentifyWith, 'now'> & { readonly secretId?: string },
): Identified {
  const unusable = whyUnusable(credential, client.address, now);
  return unusable === undefined ? { kind: 'known', credential, secretId } : refuse(unusable);
}

function refuse(because: string): Identified {
  return {
    kind: 'refused',
    reply: reply(535, '5.7.8', 'Authentication failed: check user name and password'),
    because,
  };
}
