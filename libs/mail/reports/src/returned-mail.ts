import { classifier, type Classifier, DEFAULT_RULE_SET, readReturnPath, type ReturnPaths } from '@postern/bounce';
import { readReport, type Report } from '@postern/dsn';
import { type Clock, StoreUnavailable } from '@postern/queue';
import { reply, type Reply } from '@postern/smtp';
import { ACCEPTED, type ContentSink, refused, type SubmissionPolicy, type Transaction } from '@postern/smtp-server';
import type { ReportLog } from './keep-reporting.ts';
import type { ReturnedReport, ReturnedStore, Token } from './returned-store.ts';

/** What is looked at of a report; the rest is read and dropped. */
const MAX_OCTETS = 512 * 1024;
/** Recipients of one report that are kept. */
const MAX_RECIPIENTS = 50;

export interface ReturnedMail {
  readonly paths: ReturnPaths;
  readonly store: ReturnedStore;
  readonly clock: Clock;
  readonly log: ReportLog;
  readonly classify?: Classifier;
  /** Told of each address that was tried. */
  readonly counted?: (token: Token) => void;
}

/**
 * Takes mail to the return-paths that we signed, from anyone, and to nothing else; relays nothing. What is forged or expired
 * is refused at RCPT, is counted, and changes nothing.
 */
export function returnedMailPolicy(context: ReturnedMail): SubmissionPolicy {
  const nobody = refused(reply(550, '5.7.1', 'Nobody signs in here'));
  return {
    connected: () => ACCEPTED,
    authenticate: () => nobody,
    verifiers: () => {
      throw new Error('AUTH is not offered on this listener');
    },
    mail: () => ACCEPTED,
    rcpt(_, { forwardPath }) {
      const { kind } = readReturnPath(forwardPath.text, context.clock.now(), context.paths);
      context.counted?.(kind === 'ours' ? 'accepted' : kind);
      if (kind === 'ours') return ACCEPTED;
      context.log.info({ to: forwardPath.text.slice(0, 100), because: kind }, 'mail to no return-path of ours');
      return refused(reply(550, '5.1.1', 'No such return-path'));
    },
    content: (transaction) => ({ kind: 'accepted', sink: new ReportSink(transaction, context) }),
    closed: () => undefined,
  };
}

class ReportSink implements ContentSink {
  readonly #transaction: Transaction;
  readonly #context: ReturnedMail;
  #kept: Buffer[] = [];
  #octets = 0;

  constructor(transaction: Transaction, context: ReturnedMail) {
    this.#transaction = transaction;
    this.#context = context;
  }

  write(chunk: Buffer): void {
    if (this.#octets >= MAX_OCTETS) return;
    // Copied: a small piece must not keep the whole of what came with it.
    this.#kept.push(Buffer.from(chunk.subarray(0, MAX_OCTETS - this.#octets)));
    this.#octets += chunk.length;
  }

  async end(): Promise<Reply> {
    const { clock, paths, store, log, classify } = this.#context;
    const { client, recipients } = this.#transaction;
    const report = readReport(Buffer.concat(this.#kept));
    this.#kept = [];
    const ids = recipients.flatMap(({ forwardPath }) => {
      const reading = readReturnPath(forwardPath.text, clock.now(), paths);
      return reading.kind === 'ours' ? [reading.messageId] : [];
    });
    const rows = [...new Set(ids)].flatMap((id) =>
      rowsOf(report, { messageId: id, clientAddress: client.address, classify }),
    );
    try {
      await store.keepReturned(rows);
    } catch (cause) {
      log.warn({ err: cause }, 'a report was not kept, its sender comes back');
      if (cause instanceof StoreUnavailable) return reply(452, '4.3.1', 'Not now, try again later');
      throw cause;
    }
    log.info({ messages: ids, kind: report.kind }, 'a report came back');
    return reply(250, '2.0.0', 'Thank you');
  }

  abort(): void {
    this.#kept = [];
  }
}

const byDefault = classifier(DEFAULT_RULE_SET);

/** What is kept of a report: a row for each recipient that it tells of. */
export function rowsOf(
  report: Report,
  about: { readonly messageId: string; readonly clientAddress: string; readonly classify?: Classifier | undefined },
): readonly ReturnedReport[] {
  const { messageId, clientAddress, classify = byDefault } = about;
  const nothing = {
    messageId,
    clientAddress,
    kind: report.kind,
    recipients: [],
    action: undefined,
    status: undefined,
    diagnostic: undefined,
    feedbackType: undefined,
    class: undefined,
    reportingMta: report.kind === 'dsn' ? hostOf(report.reportingMta) : undefined,
  } as const;
  if (report.kind === 'other') return [nothing];
  if (report.kind === 'feedback')
    return [{ ...nothing, recipients: report.originalRecipients, feedbackType: report.type, class: 'complaint' }];
  return report.recipients
    .slice(0, MAX_RECIPIENTS)
    .map(({ originalRecipient, finalRecipient, action, status, diagnostic, remoteMta }) => {
      const code = Number(/^[45]\d\d/.exec(diagnostic ?? '')?.[0] ?? `${status?.charAt(0) === '4' ? 4 : 5}50`);
      const isBad = action === 'failed' || action === 'delayed';
      return {
        ...nothing,
        // Whose words they are: the host that refused it, else the one that gave up.
        reportingMta: hostOf(remoteMta) ?? nothing.reportingMta,
        recipients: [originalRecipient, finalRecipient].filter((each) => each !== undefined),
        action,
        status,
        diagnostic,
        class: isBad ? classify({ code, enhanced: status, text: diagnostic ?? '' }).class : undefined,
      };
    });
}

/** The name of a host, where it is one: it goes into a DSN of ours. */
function hostOf(text: string | undefined): string | undefined {
  return /^[\w.-]{1,255}$/.exec(text?.trim().split(/[\s(]/, 1)[0] ?? '')?.[0];
}
