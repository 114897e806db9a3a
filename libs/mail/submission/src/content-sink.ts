import { HeaderCollector, type HeaderReading, MAX_LINE_OCTETS, readHeaderSection } from '@postern/message';
import { type MessageId, type NewMessage, newMessageId, StoreUnavailable } from '@postern/queue';
import { replies, reply, type Reply } from '@postern/smtp';
import type { AbortReason, ContentSink, ContentSummary, Transaction } from '@postern/smtp-server';
import type { Taken } from '@postern/credentials';
import type { Signing } from '@postern/sending-domain';
import { ContentSigner } from './content-signer.ts';
import type { SubmissionContext } from './context.ts';
import { type AcceptedHeader, type HeaderVerdict, judgeHeader } from './judge-header.ts';
import { deliveryQueues } from './delivery-queues.ts';
import { KeptContent } from './kept-content.ts';
import { newMessage, recipientsOf, traceOf } from './new-message.ts';
import { withFrom } from './rewrite-from.ts';
import { linesTooLong, shortened } from './short-lines.ts';
import { rewrittenFrom, senderRules, settingsOf, type Submitter } from './submitter.ts';
import { withUnsubscribe } from './unsubscribe-fields.ts';

/**
 * Takes the content of one message: reads its header section, keeps a small content whole, stages a large one in the
 * store chunk by chunk, and at its end has it committed. Only then is the message ours (RFC 5321 §6.1).
 */
export class SubmissionSink implements ContentSink {
  readonly #id: MessageId;
  readonly #acceptedAt: Date;
  readonly #transaction: Transaction<Submitter>;
  readonly #submitter: Submitter;
  /** What was taken from its limits for this message. */
  readonly #taken: Taken | 'none';
  readonly #context: SubmissionContext;
  readonly #collector: HeaderCollector;
  readonly #content: KeptContent;
  #header: HeaderVerdict | undefined;
  #signing: Signing | undefined;
  #signer: ContentSigner | undefined;
  /** Why it is not known whether the content is to be signed. */
  #fault: unknown;

  constructor(
    transaction: Transaction<Submitter>,
    { submitter, taken }: { readonly submitter: Submitter; readonly taken: Taken | 'none' },
    context: SubmissionContext,
  ) {
    this.#acceptedAt = context.clock.now();
    this.#id = newMessageId(this.#acceptedAt.getTime());
    this.#transaction = transaction;
    this.#submitter = submitter;
    this.#taken = taken;
    this.#context = context;
    this.#content = new KeptContent(this.#id, context);
    this.#collector = new HeaderCollector(context.limits.maxHeaderOctets);
  }

  write(chunk: Buffer): void | Promise<void> {
    if (this.#header === undefined) return this.#writeHeader(chunk);
    // The rest of a refused message is read and dropped.
    if (this.#header.kind === 'refused') return undefined;
    return this.#keep(chunk);
  }

  async end(given: ContentSummary): Promise<Reply> {
    let summary = given;
    if (this.#header === undefined) {
      const collected = this.#collector.end();
      this.#judge(collected.kind === 'complete' ? collected.header : undefined);
      await this.#prepareSigner();
    }
    if (this.#header?.kind === 'accepted' && given.longestLine > MAX_LINE_OCTETS)
      summary = this.#shorten(this.#header, given);
    const header = this.#header;
    if (header?.kind !== 'accepted') {
      this.#context.rates.giveBack(this.#taken);
      await this.#content.discard();
      return header?.reply ?? reply(451, '4.3.0', 'The message could not be read, try again later');
    }
    try {
      if (this.#fault !== undefined) throw this.#fault;
      const message = await this.#message(header, summary);
      await this.#context.commits.commit(message);
      return this.#accepted(message);
    } catch (cause) {
      this.#context.log.error({ err: cause, messageId: this.#id }, 'message not accepted');
      // A message whose commit was not answered may be stored: it is counted, so that its limit is never exceeded.
      if (!(cause instanceof StoreUnavailable)) this.#context.rates.giveBack(this.#taken);
      await this.#content.discard();
      if (cause instanceof StoreUnavailable) return NOT_STORED;
      return reply(451, '4.3.0', 'The message could not be taken, try again later');
    }
  }

  abort(reason: AbortReason): void {
    this.#context.log.info({ messageId: this.#id, reason, submitter: this.#submitter.name }, 'content aborted');
    this.#context.rates.giveBack(this.#taken);
    void this.#content.discard();
  }

  #writeHeader(chunk: Buffer): void | Promise<void> {
    const collected = this.#collector.push(chunk);
    if (collected.kind === 'more') return undefined;
    this.#judge(collected.kind === 'complete' ? collected.header : undefined);
    if (this.#header?.kind !== 'accepted' || collected.kind !== 'complete') return undefined;
    const { rest } = collected;
    const asking = this.#prepareSigner();
    return asking ? asking.then(() => this.#keep(rest)) : this.#keep(rest);
  }

  /** Finds out whether the author's domain signs: mostly known, and then nobody waits. */
  #prepareSigner(): Promise<void> | undefined {
    if (this.#header?.kind !== 'accepted') return undefined;
    const found = this.#context.signing.find(this.#header.authorDomain, senderRules(this.#submitter));
    if (!(found instanceof Promise)) {
      this.#signWith(found);
      return undefined;
    }
    return found.then(
      (signing) => this.#signWith(signing),
      // Told at the end: the rest of the content is read first.
      (cause: unknown) => void (this.#fault = cause),
    );
  }

  /** RFC 5321 §4.2.3: a store that is full or away is 452; the rest of the content is read and dropped. */
  #notStored(cause: unknown): void {
    if (!(cause instanceof StoreUnavailable)) throw cause;
    this.#context.log.error({ err: cause, messageId: this.#id }, 'message not accepted');
    this.#header = { kind: 'refused', reply: NOT_STORED };
  }

  #signWith(signing: Signing | undefined): void {
    this.#signing = signing;
    this.#signer = signing && new ContentSigner(signing);
  }

  /** Re-encodes lines that are too long, as if the content had come without them. */
  #shorten(header: AcceptedHeader, summary: ContentSummary): ContentSummary {
    const content = this.#content.takeBack();
    const short = content && shortened(content, header.octets.length);
    if (!short) {
      this.#header = { kind: 'refused', reply: linesTooLong(summary.longestLine) };
      return summary;
    }
    this.#header = { ...header, octets: short.header };
    this.#signWith(this.#signing);
    this.#signer?.push(short.rest);
    for (const octets of [short.header, short.rest]) this.#content.push(octets);
    return { ...summary, eightBit: short.isEightBit ? Math.max(1, summary.eightBit) : 0 };
  }

  /** Reads the header section; undefined stands for one that is too big to be kept. */
  #judge(octets: Buffer | undefined): void {
    const { hostname, limits } = this.#context;
    const reading =
      octets === undefined
        ? ({ kind: 'malformed', fault: { reason: 'too-big', line: 1 } } as const)
        : readHeaderSection(octets, { maxOctets: limits.maxHeaderOctets, maxFields: limits.maxHeaderFields });
    this.#header = judgeHeader(this.#mended(reading), {
      name: this.#submitter.name,
      rules: senderRules(this.#submitter),
      hostname,
      smtpUtf8: this.#transaction.parameters.smtpUtf8,
      limits,
    });
    if (this.#header.kind !== 'accepted') return;
    this.#content.push(this.#header.octets);
    this.#weigh();
  }

  /** The limit of the submitter; that of everybody is kept by who reads the octets. */
  #weigh(): void {
    const { maxMessageOctets } = settingsOf(this.#submitter).limits;
    if (maxMessageOctets !== undefined && this.#content.octets > maxMessageOctets)
      this.#header = { kind: 'refused', reply: replies.tooBig(maxMessageOctets) };
  }

  #mended(reading: HeaderReading): HeaderReading {
    const mailbox = rewrittenFrom(this.#submitter);
    return mailbox && reading.kind === 'sound' ? readHeaderSection(withFrom(reading.section, mailbox)) : reading;
  }

  #keep(chunk: Buffer): void | Promise<void> {
    this.#signer?.push(chunk);
    this.#content.push(chunk);
    this.#weigh();
    return this.#content.relieve()?.catch((cause: unknown) => this.#notStored(cause));
  }

  async #message(header: AcceptedHeader, summary: ContentSummary): Promise<NewMessage> {
    const [transaction, submitter, acceptedAt] = [this.#transaction, this.#submitter, this.#acceptedAt];
    const about = { id: this.#id, acceptedAt, transaction, submitter, header };
    const recipients = recipientsOf(transaction, this.#context);
    const unsigned = withUnsubscribe(
      traceOf(about, recipients, this.#context),
      { submitter, header, recipients, signed: this.#signer !== undefined },
      this.#context,
    );
    const sign = this.#signer?.sign({ trace: unsigned, header: header.octets, at: acceptedAt });
    const trace = (await sign) ?? unsigned;
    const queues = await deliveryQueues(
      recipients.map((each) => each.domain),
      { submitter, reversePath: transaction.reversePath.text },
      this.#context,
    );
    const content = await this.#content.whole();
    return newMessage(
      { ...about, summary, trace, recipients, queues, content, contentOctets: this.#content.octets },
      this.#context,
    );
  }

  #accepted(message: NewMessage): Reply {
    const { log, accepted } = this.#context;
    log.info(
      {
        messageId: this.#id,
        submitter: this.#submitter.name,
        recipients: message.recipients.length,
        sizeOctets: message.sizeOctets,
        client: message.origin.clientAddress,
      },
      'message accepted',
    );
    accepted(new Set(message.recipients.map((recipient) => recipient.queueId)));
    return reply(250, '2.0.0', `Accepted as ${this.#id}`);
  }
}

const NOT_STORED = reply(452, '4.3.1', 'The message could not be stored, try again later');
