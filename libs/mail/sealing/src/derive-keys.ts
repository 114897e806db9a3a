import { hkdfSync } from 'node:crypto';

/** The keys of an installation, each for one purpose, so that none can be worked out from another. */
export interface Keys {
  /** Keys the hashes of submission credentials' secrets. */
  readonly credentialHashKey: Buffer;
  /** Keys the hashes of API keys. */
  readonly apiKeyHashKey: Buffer;
  /** Seals what must be read again: private keys and upstream passwords. */
  readonly sealKey: Buffer;
  /** Signs our return-paths. */
  readonly returnPathKey: Buffer;
  /** Makes the keys that unsubscribe tokens of credentials are made with. */
  readonly unsubscribeKey: Buffer;
  /** Signs the console's session cookies. */
  readonly sessionKey: Buffer;
  /** Tells one secret from another, and nothing else about it. */
  readonly fingerprint: string;
}

/** The keys that follow from the installation's secret (HKDF with SHA-256, RFC 5869); the same secret gives the same keys. */
export function deriveKeys(secret: string): Keys {
  return Object.freeze({
    credentialHashKey: derive(secret, 'credential hash'),
    apiKeyHashKey: derive(secret, 'api key hash'),
    sealKey: derive(secret, 'seal'),
    returnPathKey: derive(secret, 'return-path'),
    unsubscribeKey: derive(secret, 'unsubscribe'),
    sessionKey: derive(secret, 'session'),
    fingerprint: derive(secret, 'fingerprint').toString('hex'),
  });
}

function derive(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'postern', purpose, 32));
}
