import { constants } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** What a listener proves itself with, for `ListenOptions.secureContext`: TLS 1.2 and up (RFC 8996, RFC 8997), no renegotiation. */
export function serverSecureContext({ cert, key }: { readonly cert: string; readonly key: string }): SecureContext {
  return createSecureContext({
    cert,
    key,
    minVersion: 'TLSv1.2',
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // OpenSSL resumes no session of a client that was asked for a certificate unless it knows where the session belongs.
    sessionIdContext: 'postern',
  });
}
