import type { RecordedReply, RecordedTls } from '@postern/queue';
import type { Reply } from '@postern/smtp';
import type { TlsFacts, TlsFailure } from '@postern/tls-policy';

const MAX_TEXT = 1_000;

/** A reply of a remote host as an attempt keeps it: verbatim, bounded, without octets that a text cannot have. */
export function recordReply(reply: Reply, from: RecordedReply['from'] = 'remote'): RecordedReply {
  return { from, code: reply.code, enhanced: reply.enhanced, text: plain(reply.lines.join('\n')) };
}

/** What an attempt keeps of the channel; undefined in clear and without a reason to tell. */
export function recordTls(tls: TlsFacts | undefined, failure: TlsFailure | undefined): RecordedTls | undefined {
  if (!tls && !failure) return undefined;
  const certificate = tls?.certificate;
  return {
    protocol: tls?.protocol ?? 'none',
    cipher: tls?.cipher ?? 'none',
    verified: tls?.daneProof?.proved ?? tls?.hostProof.proved ?? false,
    certificate:
      certificate &&
      plain(
        `${certificate.subject}; issued by ${certificate.issuer}; until ${certificate.validTo.toISOString()}; sha256 ${certificate.fingerprintSha256}`,
      ),
    ...(failure ? { failure: plain(`${failure.resultType}: ${failure.because}`) } : {}),
  };
}

/** PostgreSQL's texts hold no NUL; control characters would disturb whoever reads them. */
function plain(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/g, ' ')
    .slice(0, MAX_TEXT)
    .trim();
}
