import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { NewPasskeyProof, PasskeyCreation, PasskeyProof, PasskeyRequest } from '@postern/admin-contract';

/** What a device does, and what it can be made to do wrong. */
export interface Wrongly {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  /** Signs without asking whose finger it was. */
  readonly unverified?: true;
  readonly counter?: number;
  readonly userHandle?: string;
  readonly challenge?: string;
}

/** A device with a passkey, in software: keys and answers as a browser hands them on (Web Authentication Level 3 §6). */
export class SoftPasskey {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #id = randomBytes(16);
  readonly #origin: string;
  #userHandle = 'AAAAAAAAAAAAAAAAAAAAAA';
  #counter = 1;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Makes its key. */
  make({ challenge, rp, user }: PasskeyCreation, wrongly: Wrongly = {}): NewPasskeyProof {
    this.#userHandle = user.id;
    const credential = Buffer.concat([Buffer.alloc(16), short(this.#id.length), this.#id, this.#coseKey()]);
    const data = Buffer.concat([this.#head(rp.id, 0x40, wrongly), credential]);
    // CBOR (RFC 8949): a map of three, without a statement about who made the key.
    const attestation = Buffer.concat([
      Buffer.from('\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59', 'latin1'),
      short(data.length),
      data,
    ]);
    return {
      ...this.#answer(),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', challenge, wrongly),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Signs with its key. */
  use({ challenge, rpId }: PasskeyRequest, wrongly: Wrongly = {}): PasskeyProof {
    this.#counter += 1;
    const data = this.#head(rpId, 0, wrongly);
    const clientDataJSON = this.#clientData('webauthn.get', challenge, wrongly);
    const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return {
      ...this.#answer(),
      response: {
        clientDataJSON,
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
        userHandle: wrongly.userHandle ?? this.#userHandle,
      },
    };
  }

  #answer() {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const };
  }

  #clientData(type: string, challenge: string, wrongly: Wrongly): string {
    const said = { type, challenge, origin: this.#origin, crossOrigin: false, ...picked(wrongly) };
    return Buffer.from(JSON.stringify(said)).toString('base64url');
  }

  /** Authenticator data (§6.1): whom it is for, what was checked, how often. */
  #head(rpId: string, more: number, wrongly: Wrongly): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrongly.counter ?? this.#counter);
    const flags = 0x01 | (wrongly.unverified ? 0 : 0x04) | more;
    return Buffer.concat([sha256(Buffer.from(wrongly.rpId ?? rpId)), Buffer.from([flags]), counter]);
  }

  /** COSE (RFC 9052 §7): an elliptic curve key for ES256 on P-256. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    const head = Buffer.from('a5010203262001215820', 'hex');
    return Buffer.concat([
      head,
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ]);
  }
}

function picked({ origin, type, challenge }: Wrongly) {
  return { ...(origin ? { origin } : {}), ...(type ? { type } : {}), ...(challenge ? { challenge } : {}) };
}

function sha256(octets: Buffer): Buffer {
  return createHash('sha256').update(octets).digest();
}

function short(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(value);
  return octets;
}
