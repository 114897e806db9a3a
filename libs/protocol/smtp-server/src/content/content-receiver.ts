import type { Reply } from '@postern/smtp';
import type { AbortReason, ContentSink } from '../policy.ts';
import type { ListenerProfile } from '../profile.ts';
import { ContentScanner } from './content-scanner.ts';
import { MendingScanner } from './mending-scanner.ts';

/** How the content of a message ended. */
export type ContentOutcome =
  | { readonly kind: 'answered'; readonly reply: Reply }
  | { readonly kind: 'dropped'; readonly because: Exclude<AbortReason, 'disconnected'> };

/** What became of a chunk. */
export interface Receipt {
  /** To be waited for before the next chunk; undefined when there is nothing to wait for. */
  readonly ready: Promise<void> | undefined;
  /** What follows the end of mail data; undefined when the end has not come yet. */
  readonly rest: Buffer | undefined;
}

/** Takes mail data from octets to a sink, and stops giving when the content is too big or stray, or the sink fails; it reads on to the end all the same. */
export class ContentReceiver {
  readonly #scanner: ContentScanner | MendingScanner;
  readonly #sink: ContentSink;
  readonly #maxOctets: number;
  readonly #onFault: (error: unknown) => void;
  #dropped: Exclude<AbortReason, 'disconnected'> | undefined;
  #handedOver = false;
  #droppedOctets = 0;

  constructor(options: {
    readonly sink: ContentSink;
    readonly maxOctets: number;
    readonly bareLineFeeds?: ListenerProfile['bareLineFeeds'];
    readonly onFault: (error: unknown) => void;
  }) {
    this.#scanner = options.bareLineFeeds === 'normalised' ? new MendingScanner() : new ContentScanner();
    this.#sink = options.sink;
    this.#maxOctets = options.maxOctets;
    this.#onFault = options.onFault;
  }

  /** Octets read since the content was given up. */
  get droppedOctets(): number {
    return this.#droppedOctets;
  }

  /** Whether the message is the sink's to answer: there is no way back. */
  get isHandedOver(): boolean {
    return this.#handedOver;
  }

  push(chunk: Buffer): Receipt {
    const { content, rest } = this.#scanner.push(chunk);
    if (this.#dropped) this.#droppedOctets += chunk.length;
    else if (this.#scanner.isStray) this.#drop('stray-octet');
    else if (this.#scanner.summary.octets > this.#maxOctets) this.#drop('too-big');
    else if (content) return { ready: this.#write(content), rest };
    return { ready: undefined, rest };
  }

  /** After the end of mail data, and when what `push` answered is ready. Never rejects. */
  async end(): Promise<ContentOutcome> {
    if (this.#dropped) return { kind: 'dropped', because: this.#dropped };
    this.#handedOver = true;
    try {
      return { kind: 'answered', reply: await this.#sink.end(this.#scanner.summary) };
    } catch (error) {
      this.#onFault(error);
      return { kind: 'dropped', because: 'sink-failed' };
    }
  }

  /** The connection ended. */
  disconnected(): void {
    if (!this.#dropped && !this.#handedOver) this.#abort('disconnected');
  }

  #write(content: Buffer): Promise<void> | undefined {
    try {
      return this.#sink.write(content)?.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    this.#onFault(error);
    if (!this.#dropped) this.#drop('sink-failed');
  }

  #drop(because: Exclude<AbortReason, 'disconnected'>): void {
    this.#dropped = because;
    this.#scanner.discard();
    this.#abort(because);
  }

  #abort(reason: AbortReason): void {
    try {
      this.#sink.abort(reason);
    } catch (error) {
      this.#onFault(error);
    }
  }
}
