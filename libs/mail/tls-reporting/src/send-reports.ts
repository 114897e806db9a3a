import { newMessageId, type NewMessage, UNRESOLVED_QUEUE } from '@postern/queue';
import { ownMailSigner, type OwnMailSigner, type SigningDirectory } from '@postern/sending-domain';
import { parseMailbox } from '@postern/smtp';
import { formatReportMail } from '@postern/tls-report';
import type { DueReport, PostReport, ReportStore } from './ports.ts';

const BATCH = 20;
/** RFC 8460 §5.4, §5.5: what cannot be handed over is tried again for a day. */
const GIVE_UP_MS = 24 * 3_600_000;
const FIRST_RETRY_MS = 5 * 60_000;
const LONGEST_RETRY_MS = 4 * 3_600_000;
const LEASE_MS = 10 * 60_000;

export interface SendContext {
  readonly store: ReportStore;
  readonly post: PostReport;
  readonly signing: Pick<SigningDirectory, 'find'>;
  readonly hostname: string;
  readonly now: () => Date;
  /** A report waits in the queue of what was not looked up yet. */
  readonly accepted: () => void;
  readonly log: { info(facts: object, event: string): void; warn(facts: object, event: string): void };
}

/** Whom our reports are from. No results are kept of the sessions that carry them: no report about reports (RFC 8460 §5.3). */
function reportSender(hostname: string): string {
  return `tls-reports@${hostname}`;
}

/** Sends the reports whose time has come: into our own queue, or by POST; answers how many. */
export async function sendReports(context: SendContext): Promise<number> {
  const { store, now } = context;
  const due = await store.takeDue(now(), new Date(now().getTime() + LEASE_MS), BATCH);
  if (due.length === 0) return 0;
  const sign = await ownMailSigner(context.signing, context.hostname);
  for (const report of due) await sendReport(report, sign, context);
  return due.length;
}

async function sendReport(report: DueReport, sign: OwnMailSigner, context: SendContext): Promise<void> {
  const { store, post, now, log, accepted } = context;
  const { id, domain, destination } = report;
  if (destination.kind === 'mail') {
    const unsigned = messageOf(report, destination.address, context);
    const message = unsigned && (await sign(unsigned));
    if (!message) return store.failed(id, `${destination.address} is no address`, undefined);
    await store.sent(id, message);
    accepted();
    log.info({ domain, to: destination.address, messageId: message.id }, 'TLS report is on its way');
    return;
  }
  const because = await post(destination.url, report.gzip);
  if (because === undefined) {
    await store.sent(id, undefined);
    log.info({ domain, to: destination.url }, 'TLS report posted');
    return;
  }
  const over = now().getTime() - report.madeAt.getTime() > GIVE_UP_MS;
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** report.tries, LONGEST_RETRY_MS);
  await store.failed(id, because, over ? undefined : new Date(now().getTime() + waitMs));
  log.warn({ domain, to: destination.url, because, over }, 'TLS report not posted');
}

/** The report as an ordinary message of ours. */
function messageOf(report: DueReport, to: string, context: SendContext): NewMessage | undefined {
  const mailbox = parseMailbox(to, { smtpUtf8: false });
  if (!mailbox) return undefined;
  const { hostname, now } = context;
  const date = now();
  const id = newMessageId(date.getTime());
  const messageId = `<${id}@${hostname}>`;
  const from = reportSender(hostname);
  const { domain, reportId, fileName, gzip } = report;
  const mail = formatReportMail({
    from,
    to: mailbox.text,
    domain,
    submitter: hostname,
    reportId,
    messageId,
    fileName,
    date,
    gzip,
  });
  const octets = Buffer.concat([mail.header, mail.body]);
  return {
    id,
    acceptedAt: date,
    reversePath: from,
    recipients: [{ forwardPath: mailbox.text, domain: mailbox.domain, queueId: UNRESOLVED_QUEUE, notify: [] }],
    origin: {
      listener: 'internal',
      clientAddress: '',
      clientName: hostname,
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: octets.length,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: `TLS reports <${from}>`,
    subject: mail.subject,
    messageIdField: messageId,
    traceFields: Buffer.alloc(0),
    content: { kind: 'inline', octets },
    // RFC 8460 §5.3: what keeps mail back must not keep the report of it back.
    requireTls: false,
  };
}
