import { createHash } from 'node:crypto';
import type { DialTarget } from '@postern/smtp-client';
import type { TlsFacts } from '@postern/tls-policy';

/** A session, and what the handshake that began it showed: a resumed one shows no certificate again. */
export interface KeptSession {
  readonly session: Buffer;
  readonly certificate: TlsFacts['certificate'];
  readonly chain: TlsFacts['chain'];
}

/** Most sessions that are kept, and for how long. */
const MAX_SESSIONS = 1_000;
const MAX_AGE_MS = 3_600_000;

/** TLS sessions to resume, by all that must not mix: the host, its address, and what is demanded of it. */
export class SessionCache {
  readonly #sessions = new Map<string, { readonly kept: KeptSession; readonly storedMs: number }>();

  find(target: DialTarget): KeptSession | undefined {
    const key = keyOf(target);
    const found = this.#sessions.get(key);
    if (found && performance.now() - found.storedMs < MAX_AGE_MS) return found.kept;
    this.#sessions.delete(key);
    return undefined;
  }

  keep(target: DialTarget, kept: KeptSession): void {
    // What is kept anew becomes the youngest.
    this.forget(target);
    this.#sessions.set(keyOf(target), { kept, storedMs: performance.now() });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
  }

  forget(target: DialTarget): void {
    this.#sessions.delete(keyOf(target));
  }
}

function keyOf({
  host,
  address,
  port,
  localAddress,
  implicitTls,
  demand,
  auth,
  clientCertificate,
}: DialTarget): string {
  return JSON.stringify([
    host,
    address,
    port,
    localAddress,
    implicitTls,
    demand,
    auth?.name,
    digestOf(clientCertificate),
  ]);
}

/** The name of a client certificate: its key must not be in a key of ours. */
export function digestOf(clientCertificate: string | undefined): string {
  return clientCertificate === undefined ? '' : createHash('sha256').update(clientCertificate).digest('base64');
}
