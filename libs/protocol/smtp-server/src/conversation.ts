import { formatReply, replies } from '@postern/smtp';
import type { Carrier, WaitingFor } from './carrier.ts';
import type { Client } from './client.ts';
import { ContentReceiver, type ContentOutcome } from './content/content-receiver.ts';
import type { Event } from './event.ts';
import { LineReader } from './line-reader.ts';
import { Outbox } from './outbox.ts';
import type { SubmissionPolicy } from './policy.ts';
import { abandon, ask, type Answer, type Question } from './question.ts';
import { receive } from './receive.ts';
import { isAuthenticating, newSession, type Session } from './session.ts';
import { MAX_LINE_OCTETS, type ServerSettings } from './settings.ts';
import type { Effect } from './step.ts';
import { Throttle } from './throttle.ts';

type OutsideEvent = Event & { kind: 'tls-established' | 'timed-out' | 'bare-line-feed' | 'drain' | 'end' };

/** Of a line over the limit so much is dropped before we close. */
const MAX_DROPPED_LINE_OCTETS = 128 * 1024;
/** Content that was given up may go on for so many times the limit before we close. */
const MAX_DROPPED_TIMES = 16;
const TLS_HANDSHAKE = 0x16;

/**
 * One client's conversation: cuts octets into lines and content, takes the steps of the session, puts its questions to
 * the policy, and gives replies out in the order of the commands. Without I/O and without a clock: both come in.
 */
export class Conversation {
  readonly #policy: SubmissionPolicy;
  readonly #carrier: Carrier;
  readonly #outbox: Outbox;
  readonly #throttle: Throttle;
  readonly #reader = new LineReader({ maxOctets: MAX_LINE_OCTETS, maxDroppedOctets: MAX_DROPPED_LINE_OCTETS });
  #session: Session;
  #receiver: ContentReceiver | undefined;
  /** A question, a sink or a handshake is open; nothing more is read from the client's octets until it is closed. */
  #busy = true;
  #ended = false;
  #records = 0;
  #endAfterContent: OutsideEvent | undefined;

  constructor(options: { settings: ServerSettings; client: Client; policy: SubmissionPolicy; carrier: Carrier }) {
    this.#policy = options.policy;
    this.#carrier = options.carrier;
    this.#outbox = new Outbox(options.carrier);
    this.#throttle = new Throttle(options.carrier);
    this.#session = newSession(options.settings, options.client);
  }

  /** The session as it is now. */
  get session(): Session {
    return this.#session;
  }

  /** Counts up whenever a line, an answer or a content is complete: while it stands still, one and the same thing is waited for. */
  get records(): number {
    return this.#records;
  }

  get waitingFor(): WaitingFor {
    if (this.#session.phase.kind === 'starting-tls') return 'tls';
    if (this.#busy) return 'us';
    if (this.#receiver) return 'content';
    return isAuthenticating(this.#session) ? 'authentication' : 'command';
  }

  /** Whether the client waits in vain for a reply to a line that ends with a bare LF. */
  get hasBareLineFeed(): boolean {
    return !this.#busy && !this.#receiver && this.#reader.hasBareLineFeed;
  }

  /** Asks whether the client may talk to us, then greets it. */
  start(): void {
    this.#ask({ about: 'connected', client: this.#session.client });
  }

  /** Octets from the client; the buffer is the conversation's to keep. */
  octets(chunk: Buffer): void {
    if (this.#ended || chunk.length === 0) return;
    this.#guard(() => this.#take(chunk));
  }

  /** What happens to the conversation from outside: TLS, time, closing. */
  happen(event: OutsideEvent): void {
    // A message whose end has been handed to its sink is answered first.
    if (event.kind === 'end' && this.#receiver?.isHandedOver) {
      this.#endAfterContent = event;
      return;
    }
    this.#guard(() => {
      if (event.kind === 'tls-established') this.#busy = false;
      this.#happen(event);
      this.#goOn();
    });
  }

  /** The connection is gone. */
  disconnected(): void {
    this.#ended = true;
    this.#receiver?.disconnected();
    try {
      this.#policy.closed(this.#session.client);
    } catch (error) {
      this.#carrier.fault(error);
    }
  }

  #take(chunk: Buffer): void {
    const { phase, client } = this.#session;
    if (phase.kind === 'asking' && phase.question.about === 'connected' && !client.tls) {
      this.#happen({ kind: 'talked-too-early' });
    } else if (this.#records === 1 && !client.tls && this.#reader.pendingOctets === 0 && chunk[0] === TLS_HANDSHAKE) {
      this.#happen({ kind: 'not-smtp' });
    } else if (this.#receiver && !this.#busy) this.#content(this.#receiver, chunk);
    else this.#reader.push(chunk);
    this.#goOn();
  }

  /** Reads what has come in, as far as nothing is open; then sends the replies together. */
  #goOn(): void {
    while (!this.#busy && !this.#ended) {
      if (this.#receiver) {
        if (this.#reader.pendingOctets === 0) break;
        this.#content(this.#receiver, this.#reader.takeRest());
        continue;
      }
      const line = this.#reader.next();
      if (!line) break;
      this.#happen(line.kind === 'line' ? { ...line, followed: this.#reader.pendingOctets > 0 } : line);
    }
    // RFC 2920 §3.2: replies to commands that came together may go together.
    if (!this.#busy || this.#reader.pendingOctets === 0) this.#outbox.flush();
    this.#balance();
  }

  #happen(event: Event): void {
    if (this.#ended) return;
    this.#records++;
    const step = receive(this.#session, event);
    this.#session = step.session;
    for (const effect of step.effects) this.#do(effect);
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case 'reply':
        this.#outbox.put(effect.reply);
        break;
      case 'ask':
        this.#ask(effect.question);
        break;
      case 'start-tls':
        this.#busy = true;
        this.#outbox.flush();
        this.#reader.takeRest();
        this.#carrier.startTls();
        break;
      case 'read-content':
        this.#receiver = new ContentReceiver({ ...effect, onFault: (error) => this.#carrier.fault(error) });
        break;
      case 'close':
        this.#outbox.flush();
        this.#ended = true;
        this.#receiver?.disconnected();
        this.#carrier.close();
        break;
    }
  }

  #ask(question: Question): void {
    this.#busy = true;
    void ask(this.#policy, question).then(
      (answer) => this.#guard(() => this.#answered(answer)),
      (error: unknown) => {
        this.#carrier.fault(error);
        this.#guard(() => this.#answered({ about: 'failed' }));
      },
    );
  }

  #answered(answer: Answer): void {
    if (this.#ended) return abandon(answer);
    this.#busy = false;
    this.#happen({ kind: 'answered', answer });
    this.#goOn();
  }

  #content(receiver: ContentReceiver, chunk: Buffer): void {
    const { ready, rest } = receiver.push(chunk);
    if (rest) this.#reader.push(rest);
    if (ready) {
      this.#busy = true;
      void ready.then(() => this.#guard(() => this.#contentTaken(receiver, rest !== undefined)));
    } else if (rest) this.#contentComplete(receiver);
    else if (receiver.droppedOctets > MAX_DROPPED_TIMES * this.#session.settings.limits.maxMessageOctets) {
      this.#happen({ kind: 'content-without-end' });
    }
  }

  #contentTaken(receiver: ContentReceiver, complete: boolean): void {
    if (this.#ended) return;
    if (complete) this.#contentComplete(receiver);
    else {
      this.#busy = false;
      this.#goOn();
    }
  }

  #contentComplete(receiver: ContentReceiver): void {
    this.#busy = true;
    void receiver.end().then((outcome) => this.#guard(() => this.#contentEnded(outcome)));
  }

  #contentEnded(outcome: ContentOutcome): void {
    this.#busy = false;
    this.#receiver = undefined;
    this.#happen({ kind: 'content-ended', outcome });
    if (this.#endAfterContent) this.#happen(this.#endAfterContent);
    this.#goOn();
  }

  #balance(): void {
    this.#throttle.balance({
      busy: this.#busy && !this.#ended,
      pendingOctets: this.#reader.pendingOctets,
      sinkIsBehind: this.#receiver !== undefined && !this.#receiver.isHandedOver,
    });
  }

  /** A bug ends this conversation and no other. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#carrier.fault(error);
      if (this.#ended) return;
      this.#ended = true;
      this.#receiver?.disconnected();
      this.#carrier.send(formatReply(replies.internalFault));
      this.#carrier.close();
    }
  }
}
