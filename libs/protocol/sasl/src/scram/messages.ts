import { isUtf8 } from 'node:buffer';
import { decodeBase64 } from '../server/base64.ts';
import { saslPrep } from './saslprep.ts';

/** What the client says of channel binding (RFC 5802 §5.1, §7): `n` it cannot, `y` it can and thinks that the server cannot, or a type. */
export type Binding = { readonly flag: 'n' | 'y' } | { readonly flag: 'p'; readonly type: string };

export interface ClientFirst {
  readonly binding: Binding;
  readonly authzid: string | undefined;
  readonly name: string;
  readonly nonce: string;
  /** `n,,` … as it was sent: the client repeats it under its proof. */
  readonly gs2Header: string;
  /** What follows it, as it was sent: part of what is signed. */
  readonly bare: string;
}

export interface ClientFinal {
  readonly channelBinding: Buffer;
  readonly nonce: string;
  readonly proof: Buffer;
  readonly withoutProof: string;
}

/** Nothing that a client says is longer, and nothing longer is looked at. */
const MAX_OCTETS = 1024;
/** RFC 5802 §7: printable ASCII but the comma. */
const NONCE = /^[\x21-\x2b\x2d-\x7e]{8,256}$/;

/** Reads the client's first message (RFC 5802 §7); undefined when it is none, or asks for an extension. */
export function readClientFirst(octets: Buffer): ClientFirst | undefined {
  const text = textOf(octets);
  const [, gs2Header = '', flag, type, authz, bare = ''] =
    /^((?:([ny])|p=([A-Za-z0-9.-]{1,64})),(?:a=([^,]*))?,)(.*)$/s.exec(text ?? '') ?? [];
  const fields = /^n=([^,]*),r=([^,]*)(?:,[A-Za-z]=[^,]*)*$/s.exec(bare);
  if (!fields) return undefined;
  const name = saslName(fields[1] ?? '');
  const nonce = fields[2] ?? '';
  const authzid = authz === undefined ? undefined : saslName(authz);
  if (name === undefined || !NONCE.test(nonce) || (authz !== undefined && authzid === undefined)) return undefined;
  const binding: Binding = type === undefined ? { flag: flag === 'y' ? 'y' : 'n' } : { flag: 'p', type };
  return { binding, authzid, name, nonce, gs2Header, bare };
}

/** Reads the client's final message (RFC 5802 §7); undefined when it is none. */
export function readClientFinal(octets: Buffer): ClientFinal | undefined {
  const text = textOf(octets);
  const [, withoutProof, binding, nonce, proof] =
    /^(c=([^,]*),r=([^,]*)(?:,[A-Za-z]=[^,]*)*),p=([^,]*)$/s.exec(text ?? '') ?? [];
  if (withoutProof === undefined || nonce === undefined) return undefined;
  const [channelBinding, proofOctets] = [decodeBase64(binding ?? ''), decodeBase64(proof ?? '')];
  return channelBinding && proofOctets && { channelBinding, nonce, proof: proofOctets, withoutProof };
}

export interface ServerFirst {
  readonly nonce: string;
  readonly salt: Buffer;
  readonly iterations: number;
}

/** Reads the server's first message; undefined when it is none. */
export function readServerFirst(octets: Buffer): ServerFirst | undefined {
  const [, nonce, salt, digits] =
    /^r=([^,]*),s=([^,]*),i=([1-9]\d{0,8})(?:,[A-Za-z]=[^,]*)*$/s.exec(textOf(octets) ?? '') ?? [];
  const saltOctets = decodeBase64(salt ?? '');
  if (nonce === undefined || !saltOctets || saltOctets.length === 0) return undefined;
  return { nonce, salt: saltOctets, iterations: Number(digits) };
}

/** A name as SCRAM writes it (RFC 5802 §5.1): `,` is `=2C` and `=` is `=3D`. */
export function writeSaslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

function saslName(text: string): string | undefined {
  if (text === '' || /=(?!2C|3D)/.test(text) || text.includes('\0')) return undefined;
  return saslPrep(text.replaceAll('=2C', ',').replaceAll('=3D', '='));
}

function textOf(octets: Buffer): string | undefined {
  return octets.length <= MAX_OCTETS && isUtf8(octets) ? octets.toString('utf8') : undefined;
}
