import type { Resolver } from '@postern/dns';
import { verifyMessage } from '@postern/dkim';
import { attachmentsOf } from '@postern/dsn';
import { type HeaderSection, readAddressList, readHeaderSection, valueOf } from '@postern/message';
import { StoreUnavailable } from '@postern/queue';
import { reply, type Reply } from '@postern/smtp';
import { ACCEPTED, type ContentSink, type Recipient, refused, type SubmissionPolicy } from '@postern/smtp-server';
import { readReport } from '@postern/tls-report';
import type { ReportLog } from './keep-reporting.ts';
import type { TlsReportInbox } from './tls-report-inbox.ts';

/** The largest mail with a report that is taken; 2 MiB of report are 2.8 MiB of base64. */
const MAX_OCTETS = 3 * 1_048_576;
/** The listener waits while a report is read. */
const MAX_UNPACKED_OCTETS = 4 * 1_048_576;
const TYPES = ['application/tlsrpt+gzip', 'application/tlsrpt+json', 'application/gzip', 'application/json'] as const;

export interface TlsReportMail {
  /** The address that reports may be sent to, for `rua=mailto:`. */
  readonly address: string;
  readonly inbox: TlsReportInbox;
  readonly resolver: Pick<Resolver, 'txt'>;
  readonly log: ReportLog;
}

/**
 * Takes TLS reports (RFC 8460 §5.3) at one address beside what another policy takes. They are read, kept and answered, and never
 * passed on. A report that its sender has not signed is refused (RFC 8460 §3), and so is one about domains of others.
 */
export function withTlsReports(policy: SubmissionPolicy, context: TlsReportMail): SubmissionPolicy {
  const isReport = ({ forwardPath }: Recipient): boolean => forwardPath.text.toLowerCase() === context.address;
  return {
    ...policy,
    rcpt(transaction, recipient) {
      const { recipients } = transaction;
      if (recipients.some((each) => isReport(each) !== isReport(recipient)))
        return refused(reply(452, '4.5.3', 'Reports about TLS come alone'));
      return isReport(recipient) ? ACCEPTED : policy.rcpt(transaction, recipient);
    },
    content(transaction) {
      return transaction.recipients.some(isReport)
        ? { kind: 'accepted', sink: new TlsReportSink(context) }
        : policy.content(transaction);
    },
  };
}

class TlsReportSink implements ContentSink {
  readonly #context: TlsReportMail;
  #kept: Buffer[] = [];
  #octets = 0;

  constructor(context: TlsReportMail) {
    this.#context = context;
  }

  write(chunk: Buffer): void {
    this.#octets += chunk.length;
    if (this.#octets <= MAX_OCTETS) this.#kept.push(Buffer.from(chunk));
    else this.#kept = [];
  }

  async end(): Promise<Reply> {
    const message = Buffer.concat(this.#kept);
    this.#kept = [];
    if (this.#octets > MAX_OCTETS) return reply(552, '5.3.4', 'The report is too large');
    try {
      return await take(message, this.#context);
    } catch (cause) {
      this.#context.log.warn({ err: cause }, 'a TLS report was not kept, its sender comes back');
      if (cause instanceof StoreUnavailable) return reply(452, '4.3.1', 'Not now, try again later');
      throw cause;
    }
  }

  abort(): void {
    this.#kept = [];
  }
}

async function take(message: Buffer, { inbox, resolver, log }: TlsReportMail): Promise<Reply> {
  const end = message.indexOf('\r\n\r\n');
  const reading = readHeaderSection(message.subarray(0, end + 2));
  if (end === -1 || reading.kind === 'malformed') return reply(554, '5.6.0', 'The header cannot be read');
  const signer = await signerOf(reading.section, message.subarray(end + 4), resolver);
  if (signer === 'unknown') return reply(451, '4.4.3', 'The key of the signature could not be looked up');
  // RFC 7372 §3.1 has the status.
  if (signer === 'nobody')
    return reply(550, '5.7.20', 'A report must be signed by the domain that it is from (RFC 8460)');
  const [report] = attachmentsOf(message, TYPES).flatMap((each) => {
    const read = readReport(each, { maxUnpackedOctets: MAX_UNPACKED_OCTETS });
    return read.kind === 'report' ? [read.report] : [];
  });
  if (!report) return reply(554, '5.6.0', 'There is no TLS report in it that can be read');
  const kept = await inbox.keepMailedReport(report, signer.domain);
  const { 'organization-name': organization, 'report-id': reportId } = report;
  log.info({ organization, reportId, signedBy: signer.domain, kept }, 'a TLS report came');
  if (kept === 'foreign') return reply(550, '5.7.1', 'The report is not about a domain of ours');
  return kept === 'full' ? reply(452, '4.3.1', 'Enough reports for today') : reply(250, '2.0.0', 'Thank you');
}

/** The domain that has signed a message and that its author is at, or below. */
async function signerOf(
  section: HeaderSection,
  body: Buffer,
  resolver: Pick<Resolver, 'txt'>,
): Promise<{ readonly domain: string } | 'nobody' | 'unknown'> {
  const from = readAddressList(valueOf(section, 'from') ?? '');
  const author = from.kind === 'sound' && from.mailboxes.length === 1 ? from.mailboxes[0]?.mailbox.domain : undefined;
  if (author === undefined) return 'nobody';
  const results = await verifyMessage({ section, body: [body] }, async (name) => {
    const answer = await resolver.txt(name);
    if (answer.kind === 'failed') return { kind: 'failed' };
    return answer.kind === 'found' ? { kind: 'found', records: answer.records } : { kind: 'none' };
  });
  const aligned = results.filter(({ domain }) => domain !== undefined && isAtOrBelow(author, domain.toLowerCase()));
  const good = aligned.find(({ result }) => result === 'pass')?.domain;
  if (good !== undefined) return { domain: good.toLowerCase() };
  return aligned.some(({ result }) => result === 'temperror') ? 'unknown' : 'nobody';
}

function isAtOrBelow(author: string, domain: string): boolean {
  return domain.includes('.') && (author === domain || author.endsWith(`.${domain}`));
}
