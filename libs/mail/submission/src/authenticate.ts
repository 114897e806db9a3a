import { contains, parseNetwork } from '@postern/dns';
import { type Credential, type CredentialWithSecrets, verifySecret } from '@postern/credentials';
import { StoreUnavailable } from '@postern/queue';
import { reply, type Reply } from '@postern/smtp';

export type Identified =
  | { readonly kind: 'known'; readonly credential: Credential; readonly secretId: string | undefined }
  | { readonly kind: 'refused'; readonly reply: Reply; readonly because: string };

/** What somebody gives to prove whom they are. */
export interface Given {
  readonly name: string;
  readonly secret: string;
  readonly address: string;
}

/**
 * Whether a name and a secret are those of a credential that may be used, from here and now.
 *
 * A wrong secret, an unknown name and a credential that may not be used are refused in the same words and after the same
 * work, so nobody learns which names exist (RFC 4954 §6: 535 5.7.8). A store that is away is 454, never a "no" (§4).
 */
export async function authenticate(
  given: Given,
  using: {
    readonly find: (name: string) => Promise<CredentialWithSecrets | undefined>;
    readonly hashKey: Buffer;
    readonly now: Date;
  },
): Promise<Identified> {
  let credential: CredentialWithSecrets | undefined;
  try {
    credential = await using.find(given.name);
  } catch (cause) {
    if (!(cause instanceof StoreUnavailable)) throw cause;
    return {
      kind: 'refused',
      reply: reply(454, '4.7.0', 'Temporary authentication failure, try again later'),
      because: 'store unavailable',
    };
  }
  const secrets = (credential?.secrets ?? []).filter(
    (secret) => secret.expiresAt === undefined || secret.expiresAt > using.now,
  );
  const matches = verifySecret(
    using.hashKey,
    given.secret,
    secrets.map((secret) => secret.hash),
  );
  if (!credential || !matches) return refuse(credential ? 'wrong secret' : 'unknown name');
  const unusable = whyUnusable(credential, given.address, using.now);
  if (unusable !== undefined) return refuse(unusable);
  // Which of two it was is worth knowing while one is being rotated out.
  const secret =
    secrets.length === 1 ? secrets[0] : secrets.find(({ hash }) => verifySecret(using.hashKey, given.secret, [hash]));
  return { kind: 'known', credential, secretId: secret?.id };
}

/** Why a credential may not be used from an address at a time; undefined when it may. */
export function whyUnusable(credential: Credential, address: string, now: Date): string | undefined {
  if (credential.state !== 'active') return `credential is ${credential.state}`;
  if (credential.expiresAt !== undefined && credential.expiresAt <= now) return 'credential has expired';
  if (credential.networks.length === 0) return undefined;
  const inside = credential.networks.some((cidr) => {
    const reading = parseNetwork(cidr);
    return reading.kind === 'network' && contains(reading.network, address);
  });
  return inside ? undefined : `${address} is not in the credential's networks`;
}

function refuse(because: string): Identified {
  return {
    kind: 'refused',
    reply: reply(535, '5.7.8', 'Authentication failed: check user name and password'),
    because,
  };
}
