import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { PeerCertificate } from 'node:tls';
import type { Resolver } from '@postern/dns';
import { certificateNames, dnsNames } from '@postern/tls-policy';

/** What every exchange needs. */
export interface HttpsSettings {
  readonly resolver: Pick<Resolver, 'addresses'>;
  /** Why an address must not be connected to; undefined when it may. Asked about the address that is dialled. */
  readonly refuseAddress: (address: string) => string | undefined;
  /** The trusted authorities in PEM; those of Node and of the system when not given. */
  readonly ca?: readonly string[] | undefined;
}

export interface HttpsRequest {
  readonly method: 'GET' | 'POST';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The longest body of an answer that is read. */
  readonly maxOctets: number;
  readonly deadlineMs: number;
}

export type HttpsEnd =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly contentType: string | undefined;
      readonly contentEncoding: string | undefined;
      readonly body: Buffer;
    }
  | { readonly kind: 'failed'; readonly fault: 'address' | 'certificate' | 'exchange'; readonly because: string };

/** How many addresses of a host are tried. */
const MAX_ADDRESSES = 4;

/**
 * One HTTPS exchange with a stranger. The host's addresses are looked up and checked here, and what was checked is what is
 * dialled; nothing is followed, nothing is reused, nothing is read beyond the bound. Never rejects.
 */
export async function exchange(asked: HttpsRequest, settings: HttpsSettings): Promise<HttpsEnd> {
  const until = performance.now() + asked.deadlineMs;
  const answer = await settings.resolver.addresses(asked.host);
  if (answer.kind === 'failed')
    return failed('address', `the addresses of ${asked.host} could not be looked up (${answer.reason})`);
  if (answer.kind !== 'found') return failed('address', `${asked.host} has no address`);
  let end: HttpsEnd | undefined;
  for (const { address } of answer.records.slice(0, MAX_ADDRESSES)) {
    const refused = settings.refuseAddress(address);
    if (refused !== undefined) {
      end ??= failed('address', `${asked.host} has the address ${address}, which is ${refused}`);
      continue;
    }
    const leftMs = until - performance.now();
    if (leftMs <= 0) return failed('exchange', `${asked.host} took more than ${asked.deadlineMs / 1_000} s`);
    end = await exchangeAt(address, asked, { ca: settings.ca, leftMs });
    if (end.kind === 'answered') return end;
  }
  return end ?? failed('address', `${asked.host} has no address`);
}

function exchangeAt(
  address: string,
  asked: HttpsRequest,
  { ca, leftMs }: { readonly ca: readonly string[] | undefined; readonly leftMs: number },
): Promise<HttpsEnd> {
  const { method, host, port, path, headers, body } = asked;
  return new Promise((resolve) => {
    const outgoing = request({
      method,
      host: address,
      port,
      path,
      servername: host,
      agent: false,
      minVersion: 'TLSv1.2',
      maxHeaderSize: 16 * 1024,
      checkServerIdentity: (_, certificate) => otherHost(host, certificate),
      headers: {
        host: port === 443 ? host : `${host}:${port}`,
        'user-agent': 'Postern',
        connection: 'close',
        ...headers,
        ...(body ? { 'content-length': String(body.length) } : {}),
      },
      ...(ca === undefined ? {} : { ca: [...ca] }),
    });
    const end = (answer: HttpsEnd): void => {
      clearTimeout(timer);
      resolve(answer);
      outgoing.destroy();
    };
    const timer = setTimeout(
      () => end(failed('exchange', `${host} took more than ${asked.deadlineMs / 1_000} s`)),
      leftMs,
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => end(faultOf(host, error)));
    outgoing.on(
      'response',
      (response) => void read(response, asked).then(end, (error: Error) => end(faultOf(host, error))),
    );
    outgoing.end(body);
  });
}

async function read(response: IncomingMessage, { host, maxOctets }: HttpsRequest): Promise<HttpsEnd> {
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of response) {
    const piece: Buffer = chunk;
    octets += piece.length;
    if (octets > maxOctets) return failed('exchange', `${host} sent more than ${maxOctets} octets`);
    chunks.push(piece);
  }
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'],
    contentEncoding: response.headers['content-encoding'],
    body: Buffer.concat(chunks),
  };
}

/** RFC 8461 §3.3: the host's name must be among the DNS names of the certificate; its common name says nothing. */
function otherHost(host: string, certificate: PeerCertificate): Error | undefined {
  const names = dnsNames(certificate.subjectaltname ?? '');
  if (certificateNames(names, host)) return undefined;
  return Object.assign(new Error(`the certificate names ${names.slice(0, 5).join(', ') || 'no host'}, not ${host}`), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
}

function faultOf(host: string, { code = '', message }: NodeJS.ErrnoException): HttpsEnd {
  if (CERTIFICATE.test(code)) {
    const because = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? message : code.toLowerCase().replaceAll('_', ' ');
    return failed('certificate', `the certificate of ${host} proves nothing: ${because}`);
  }
  return failed('exchange', `${host} could not be spoken with: ${code || message.slice(0, 200)}`);
}

const CERTIFICATE =
  /^(?:ERR_TLS_CERT|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_|PATH_LENGTH|CRL_)/;

function failed(fault: 'address' | 'certificate' | 'exchange', because: string): HttpsEnd {
  return { kind: 'failed', fault, because };
}
