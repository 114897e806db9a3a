import { X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import {
  connect,
  createSecureContext,
  rootCertificates,
  type ConnectionOptions,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { ChannelBindingType } from '@postern/sasl';
import type { DialTarget } from '@postern/smtp-client';
import { type ChannelDemand, judge, type TlsFacts, type TlsFailure } from '@postern/tls-policy';
import { certificateOf, channelBinding } from '../channel-binding.ts';
import { digestOf, SessionCache } from './session-cache.ts';
import { tlsFacts } from './tls-facts.ts';

export type HandshakeEnd =
  | { readonly kind: 'established'; readonly socket: TLSSocket; readonly tls: TlsFacts; readonly binding: Binding }
  | { readonly kind: 'failed'; readonly failure: TlsFailure };

/** What binds an authentication to the channel, for each type that it has. */
type Binding = (type: ChannelBindingType) => Buffer | undefined;

/** TLS as a client. One for a dialer: it keeps the trusted authorities parsed, and sessions to resume. */
export class TlsClient {
  readonly #contexts = new Map<string, SecureContext>();
  readonly #sessions = new SessionCache();
  readonly #ca: readonly string[] | undefined;
  #authorities: readonly X509Certificate[] | undefined;

  constructor({ ca }: { readonly ca?: readonly string[] | undefined }) {
    this.#ca = ca;
  }

  /** Never refuses a certificate: what it proves is in the facts, and whether that will do is the policy's to say. */
  handshake(socket: Socket, target: DialTarget, { timeoutMs }: { timeoutMs: number }): Promise<HandshakeEnd> {
    const secureContext = this.#contextFor(target.demand, target.clientCertificate);
    if (!secureContext) return Promise.resolve(failure('the client certificate of the route cannot be used'));
    const kept = mayResume(target.demand) ? this.#sessions.find(target) : undefined;
    const name = target.demand.kind === 'dane' ? target.demand.serverName : target.host;
    const options: ConnectionOptions = {
      socket,
      secureContext,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ...(kept ? { session: kept.session } : {}),
    };
    return new Promise((resolve) => {
      // An error may come at any later moment, before or after the next owner listens: there is always somebody to hear it.
      socket.on('error', () => undefined);
      const secure = connect(options);
      let ended = false;
      const end = (answer: HandshakeEnd): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        target.signal?.removeEventListener('abort', abort);
        secure.off('secureConnect', established).off('close', closed);
        if (answer.kind === 'failed') {
          this.#sessions.forget(target);
          secure.destroy();
          socket.destroy();
        }
        resolve(answer);
      };
      let tls: TlsFacts | undefined;
      let fresh: Buffer | undefined;
      const keep = (): void => {
        // What did not pass is shown anew next time: the host may have a better certificate by then.
        if (!tls || !fresh || !mayResume(target.demand)) return;
        if (judge(target.demand, { kind: 'encrypted', tls }).verdict === 'fail') return;
        this.#sessions.keep(target, { session: fresh, certificate: tls.certificate, chain: tls.chain });
      };
      const established = (): void => {
        // Before tlsFacts: the library hands the peer's certificate out as an X509Certificate once, and then no more.
        const server = certificateOf(secure.getPeerCertificate());
        tls = tlsFacts(secure, { ...target, resumed: kept, authorities: () => this.#trusted() });
        keep();
        const binding: Binding = (type) => channelBinding(secure, { type, server });
        end({ kind: 'established', socket: secure, tls, binding });
      };
      const failed = (error: TlsError): void => end(failure(`the TLS handshake failed: ${describe(error)}`));
      const closed = (): void => end(failure('the host closed the connection during the TLS handshake'));
      const abort = (): void => end(failure('the TLS handshake was given up'));
      const late = (): void => end(failure(`the TLS handshake took more than ${timeoutMs / 1000} s`));
      const timer = setTimeout(late, timeoutMs);
      secure.once('secureConnect', established).on('error', failed).once('close', closed);
      // TLS 1.2 gives a session during the handshake, TLS 1.3 some behind it.
      secure.on('session', (session) => {
        fresh = session;
        keep();
      });
      target.signal?.addEventListener('abort', abort, { once: true });
      if (target.signal?.aborted) abort();
    });
  }

  /** Parsing the authorities takes a while: each context is made once. */
  #contextFor(
    { kind, minVersion = 'TLSv1.2', ciphers }: ChannelDemand,
    own: string | undefined,
  ): SecureContext | undefined {
    const strictness = STRICTNESS[kind];
    const suites = ciphers && { ciphers: ciphers.join(':') };
    const key = `${strictness} ${minVersion} ${suites?.ciphers ?? ''} ${digestOf(own)}`;
    const known = this.#contexts.get(key);
    if (known) return known;
    const authorities = this.#ca === undefined ? {} : { ca: [...this.#ca] };
    const shown = own === undefined ? {} : { cert: own, key: own };
    try {
      const context = createSecureContext({ minVersion, ...authorities, ...CONTEXTS[strictness], ...suites, ...shown });
      if (this.#contexts.size >= MAX_CONTEXTS) this.#contexts.clear();
      this.#contexts.set(key, context);
      return context;
    } catch (cause) {
      if (own === undefined) throw cause;
      return undefined;
    }
  }

  #trusted(): readonly X509Certificate[] {
    this.#authorities ??= (this.#ca ?? rootCertificates).map((pem) => new X509Certificate(pem));
    return this.#authorities;
  }
}

/** One for each demand and each client certificate: these change. */
const MAX_CONTEXTS = 200;

/** What is proved by hand, from what a full handshake shows, is proved each time. */
function mayResume(demand: ChannelDemand): boolean {
  return demand.kind !== 'dane' && !(demand.kind === 'verified' && demand.expired !== undefined);
}

const STRICTNESS = {
  opportunistic: 'lenient',
  encrypted: 'lenient',
  clear: 'lenient',
  verified: 'strict',
  dane: 'bare',
} as const satisfies Record<ChannelDemand['kind'], string>;

const CONTEXTS = {
  strict: {},
  // RFC 7435 §3: without verification a short key or an old signature is still better than no encryption.
  lenient: { ciphers: 'DEFAULT:@SECLEVEL=0' },
  // DANE asks no authority: only what the host itself presents is looked at (RFC 7671 §5).
  bare: { ca: [] },
};

interface TlsError extends NodeJS.ErrnoException {
  readonly reason?: string;
}

/** The library's own word for it, without addresses in its source. */
function describe({ reason, code, message }: TlsError): string {
  return reason ?? /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? code ?? message;
}

function failure(because: string): HandshakeEnd {
  return { kind: 'failed', failure: { resultType: 'validation-failure', because } };
}
