import type { TokenVerdict, TokenVerifier } from '@postern/submission';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { ProviderUnavailable } from './bounded-fetch.ts';
import { ProviderKeys } from './discover-keys.ts';

export interface OpenIdOptions {
  /** The provider, exactly as its tokens name it. */
  readonly issuer: string;
  /** Whom tokens must be meant for. */
  readonly audience: string;
  /** The claim whose value finds the credential: `sub`, `email`, `client_id` … */
  readonly claim: string;
  readonly now?: () => Date;
}

/** Signatures that only the provider can make; whatever else a token says, a shared secret is none of them. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_S = 30;

/**
 * Verifies access tokens of an OpenID provider (RFC 9068 §4): the signature by the provider's own keys, issuer, audience and
 * dates; answers what the claim says.
 */
export function openIdTokenVerifier(options: OpenIdOptions): TokenVerifier {
  const { issuer, audience, claim, now = () => new Date() } = options;
  const keys = new ProviderKeys(issuer);
  return {
    async verify(token): Promise<TokenVerdict> {
      try {
        const finder = await keys.finder();
        const { payload } = await jwtVerify(token, finder, {
          issuer,
          audience,
          algorithms: ALGORITHMS,
          clockTolerance: CLOCK_TOLERANCE_S,
          currentDate: now(),
          requiredClaims: ['exp'],
        });
        return claimOf(payload, claim);
      } catch (error) {
        return verdictOf(error);
      }
    },
  };
}

function claimOf(payload: JWTPayload, claim: string): TokenVerdict {
  const value = payload[claim];
  if (typeof value !== 'string' || value === '') return { kind: 'invalid', because: `it has no claim ${claim}` };
  // OpenID Connect Core §5.1: an address that was not verified is whatever somebody typed.
  if (claim === 'email' && payload['email_verified'] === false)
    return { kind: 'invalid', because: 'its e-mail address is not verified' };
  return { kind: 'valid', claim: value };
}

/** Why a token is no good, or why nobody can say. The library's errors name no part of the token. */
function verdictOf(error: unknown): TokenVerdict {
  if (error instanceof ProviderUnavailable) return { kind: 'unavailable', because: error.message };
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid)
    return { kind: 'unavailable', because: error.message };
  if (error instanceof errors.JWTExpired) return { kind: 'invalid', because: 'it has expired' };
  if (error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC')
    return { kind: 'invalid', because: error.message };
  return { kind: 'unavailable', because: error instanceof Error ? error.message : String(error) };
}
