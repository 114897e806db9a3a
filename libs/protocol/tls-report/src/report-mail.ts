/** A report on its way by mail: header section and body (RFC 8460 §5.3). */
export interface ReportMail {
  readonly header: Buffer;
  /** From the empty line on. */
  readonly body: Buffer;
  readonly subject: string;
}

/**
 * Writes the mail that carries a report. `TLS-Required: No` lets it arrive where the very fault that it reports would keep it
 * back (RFC 8460 §5.3, RFC 8689 §5).
 */
export function formatReportMail(about: {
  readonly from: string;
  readonly to: string;
  readonly domain: string;
  readonly submitter: string;
  readonly reportId: string;
  readonly messageId: string;
  readonly fileName: string;
  readonly date: Date;
  readonly gzip: Buffer;
}): ReportMail {
  const boundary = `=_tlsrpt_${about.reportId.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 40)}`;
  const subject = `Report Domain: ${about.domain} Submitter: ${about.submitter} Report-ID: <${about.reportId}>`;
  const header = [
    `From: TLS reports <${about.from}>`,
    `To: <${about.to}>`,
    `Subject: Report Domain: ${about.domain}\r\n Submitter: ${about.submitter}\r\n Report-ID: <${about.reportId}>`,
    `Date: ${about.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${about.messageId}`,
    `TLS-Report-Domain: ${about.domain}`,
    `TLS-Report-Submitter: ${about.submitter}`,
    'TLS-Required: No',
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type="tlsrpt";\r\n boundary="${boundary}"`,
    '',
  ].join('\r\n');
  const base64 = about.gzip.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
  const body = [
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    'Content-Transfer-Encoding: 7bit',
    '',
    `This is an aggregate TLS report about ${about.domain}`,
    `from ${about.submitter}.`,
    '',
    `--${boundary}`,
    'Content-Type: application/tlsrpt+gzip',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;\r\n filename="${about.fileName}"`,
    '',
    base64,
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return { header: Buffer.from(header, 'ascii'), body: Buffer.from(body, 'ascii'), subject };
}
