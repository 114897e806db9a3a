import { HeaderCollector, readHeaderSection } from '@postern/message';
import {
  type MessageId,
  type NewContent,
  type NewMessage,
  newMessageId,
  type QueueId,
  routeFor,
  StoreUnavailable,
  UNRESOLVED_QUEUE,
} from '@postern/queue';
import { replies, reply, type Reply } from '@postern/smtp';
import type { AbortReason, ContentSink, ContentSummary, Transaction } from '@postern/smtp-server';
import type { Taken } from '@postern/credentials';
import { ContentSigner } from './content-signer.ts';
import type { SubmissionContext } from './context.ts';
import { type HeaderVerdict, judgeHeader } from './judge-header.ts';
import { forwardPathOf } from './recipient.ts';
import { needsSmtpUtf8, requestsOf } from './requests.ts';
import { senderRules, settingsOf, type Submitter } from './submitter.ts';
import { ownMessageId, traceFields } from './trace-fields.ts';

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
  #header: HeaderVerdict | undefined;
  #signer: ContentSigner | undefined;
  /** Why it is not known whether the content is to be signed. */
  #fault: unknown;
  #kept: Buffer[] = [];
  #keptOctets = 0;
  #octets = 0;
  #staged = 0;
  #staging: Promise<void> | undefined;

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
    this.#collector = new HeaderCollector(context.limits.maxHeaderOctets);
  }

  write(chunk: Buffer): void | Promise<void> {
    if (this.#header === undefined) return this.#writeHeader(chunk);
    // The rest of a refused message is read and dropped.
    if (this.#header.kind === 'refused') return undefined;
    return this.#keep(chunk);
  }

  async end(summary: ContentSummary): Promise<Reply> {
    if (this.#header === undefined) {
      const collected = this.#collector.end();
      this.#judge(collected.kind === 'complete' ? collected.header : undefined);
      await this.#prepareSigner();
    }
    const header = this.#header;
    if (header?.kind !== 'accepted') {
      this.#context.rates.giveBack(this.#taken);
      await this.#discard();
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
      await this.#discard();
      if (cause instanceof StoreUnavailable)
        return reply(452, '4.3.1', 'The message could not be stored, try again later');
      return reply(451, '4.3.0', 'The message could not be taken, try again later');
    }
  }

  abort(reason: AbortReason): void {
    this.#context.log.info({ messageId: this.#id, reason, submitter: this.#submitter.name }, 'content aborted');
    this.#context.rates.giveBack(this.#taken);
    void this.#discard();
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
      this.#signer = found && new ContentSigner(found);
      return undefined;
    }
    return found.then(
      (signing) => void (this.#signer = signing && new ContentSigner(signing)),
      // Told at the end: the rest of the content is read first.
      (cause: unknown) => void (this.#fault = cause),
    );
  }

  /** Reads the header section; undefined stands for one that is too big to be kept. */
  #judge(octets: Buffer | undefined): void {
    const { hostname, limits } = this.#context;
    const reading =
      octets === undefined
        ? ({ kind: 'malformed', fault: { reason: 'too-big', line: 1 } } as const)
        : readHeaderSection(octets, { maxOctets: limits.maxHeaderOctets, maxFields: limits.maxHeaderFields });
    this.#header = judgeHeader(reading, {
      name: this.#submitter.name,
      rules: senderRules(this.#submitter),
      hostname,
      limits,
    });
    if (this.#header.kind === 'accepted') this.#push(this.#header.octets);
  }

  #keep(chunk: Buffer): void | Promise<void> {
    this.#signer?.push(chunk);
    this.#push(chunk);
    const { maxMessageOctets } = settingsOf(this.#submitter).limits;
    if (maxMessageOctets !== undefined && this.#octets > maxMessageOctets)
      this.#header = { kind: 'refused', reply: replies.tooBig(maxMessageOctets) };
    const { inlineOctets, chunkOctets } = this.#context.limits;
    const enough = this.#staged > 0 ? chunkOctets : Math.max(inlineOctets, chunkOctets);
    return this.#keptOctets > enough ? this.#stage() : undefined;
  }

  #push(octets: Buffer): void {
    if (octets.length === 0) return;
    this.#kept.push(octets);
    this.#keptOctets += octets.length;
    this.#octets += octets.length;
  }

  async #stage(): Promise<void> {
    const octets = this.#takeKept();
    const chunk = this.#staged;
    this.#staged += 1;
    const { store, turns } = this.#context;
    this.#staging = turns.take(() => store.stage(this.#id, chunk, octets));
    await this.#staging;
  }

  #takeKept(): Buffer {
    const [only] = this.#kept;
    const octets = this.#kept.length === 1 && only ? only : Buffer.concat(this.#kept);
    this.#kept = [];
    this.#keptOctets = 0;
    return octets;
  }

  async #content(): Promise<NewContent> {
    if (this.#staged === 0) return { kind: 'inline', octets: this.#takeKept() };
    if (this.#keptOctets > 0) await this.#stage();
    return { kind: 'staged', chunks: this.#staged };
  }

  async #message(header: HeaderVerdict & { kind: 'accepted' }, summary: ContentSummary): Promise<NewMessage> {
    const { client, recipients, reversePath, parameters } = this.#transaction;
    const { hostname } = this.#context;
    const forwardPaths = recipients.map((recipient) => ({ ...recipient, ...forwardPathOf(recipient, hostname) }));
    const [only] = forwardPaths;
    const plainTrace = traceFields({
      client,
      authenticated: this.#submitter.kind === 'credential',
      smtpUtf8: parameters.smtpUtf8,
      hostname,
      id: this.#id,
      onlyForwardPath: forwardPaths.length === 1 ? only?.text : undefined,
      date: this.#acceptedAt,
      missing: { date: !header.hasDate, messageId: header.messageId === undefined },
    });
    const trace =
      (await this.#signer?.sign({ trace: plainTrace, header: header.octets, at: this.#acceptedAt })) ?? plainTrace;
    const queues = await this.#queues(forwardPaths.map((each) => each.domain));
    const [content, submitter] = [await this.#content(), this.#submitter];
    return {
      id: this.#id,
      acceptedAt: this.#acceptedAt,
      reversePath: reversePath.text,
      recipients: forwardPaths.map(({ text, domain, notify, orcpt }) => ({
        forwardPath: text,
        domain,
        queueId: queues.get(domain) ?? UNRESOLVED_QUEUE,
        notify,
        orcpt,
      })),
      origin: {
        listener: client.listener,
        clientAddress: client.address,
        clientName: client.name ?? '',
        credentialId: submitter.kind === 'credential' ? submitter.credential.id : undefined,
        networkId: submitter.kind === 'network' ? submitter.network.id : undefined,
        tls: client.tls && { protocol: client.tls.protocol, cipher: client.tls.cipher },
      },
      sizeOctets: this.#octets + trace.length,
      // What the content is counts, whatever the client declared (RFC 6152 §3).
      body: summary.eightBit > 0 ? '8BITMIME' : parameters.body,
      smtpUtf8: needsSmtpUtf8(this.#transaction, header.octets),
      ...requestsOf(this.#transaction, { acceptedAt: this.#acceptedAt, tlsOptional: header.tlsOptional }),
      headerFrom: header.from,
      subject: header.subject,
      messageIdField: header.messageId ?? ownMessageId(this.#id, hostname),
      traceFields: trace,
      content,
    };
  }

  async #queues(domains: readonly string[]): Promise<ReadonlyMap<string, QueueId>> {
    const { routeQueueId } = settingsOf(this.#submitter);
    if (routeQueueId !== undefined) return new Map(domains.map((domain) => [domain, routeQueueId]));
    const routes = this.#context.routes();
    const reversePath = this.#transaction.reversePath.text;
    const byRoute = new Map<string, QueueId>();
    const others: string[] = [];
    for (const domain of new Set(domains)) {
      const route = routeFor(routes, { domain, reversePath });
      if (route) byRoute.set(domain, route.queueId);
      else others.push(domain);
    }
    return others.length === 0 ? byRoute : new Map([...(await this.#context.sites.find(others)), ...byRoute]);
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

  async #discard(): Promise<void> {
    this.#kept = [];
    if (this.#staged === 0) return;
    // A chunk on its way arrives first. What stays behind is swept away later: it was never accepted.
    await this.#staging?.catch(() => undefined);
    await this.#context.store
      .discard(this.#id)
      .catch((cause: unknown) =>
        this.#context.log.warn({ err: cause, messageId: this.#id }, 'staged content not discarded'),
      );
  }
}
