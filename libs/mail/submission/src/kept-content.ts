import type { AcceptStore, MessageId, NewContent } from '@postern/queue';
import type { SubmissionContext } from './context.ts';

/** The content of one message while it comes in: small ones are kept whole, large ones staged in the store chunk by chunk. */
export class KeptContent {
  readonly #id: MessageId;
  readonly #context: Pick<SubmissionContext, 'limits' | 'turns' | 'log'> & { readonly store: AcceptStore };
  #kept: Buffer[] = [];
  #keptOctets = 0;
  #octets = 0;
  #staged = 0;
  #staging: Promise<void> | undefined;

  constructor(
    id: MessageId,
    context: Pick<SubmissionContext, 'limits' | 'turns' | 'log'> & { readonly store: AcceptStore },
  ) {
    this.#id = id;
    this.#context = context;
  }

  /** All of it, wherever it is. */
  get octets(): number {
    return this.#octets;
  }

  push(octets: Buffer): void {
    if (octets.length === 0) return;
    this.#kept.push(octets);
    this.#keptOctets += octets.length;
    this.#octets += octets.length;
  }

  /** Stages what is kept when it has become enough; to be waited for before more is pushed. */
  relieve(): Promise<void> | undefined {
    const { inlineOctets, chunkOctets } = this.#context.limits;
    const enough = this.#staged > 0 ? chunkOctets : Math.max(inlineOctets, chunkOctets);
    return this.#keptOctets > enough ? this.#stage() : undefined;
  }

  /** Takes the content back, as if it had not come; undefined when some of it is staged already. */
  takeBack(): Buffer | undefined {
    if (this.#staged > 0) return undefined;
    this.#octets = 0;
    return this.#takeKept();
  }

  /** The content as it goes to the store with its message. */
  async whole(): Promise<NewContent> {
    if (this.#staged === 0) return { kind: 'inline', octets: this.#takeKept() };
    if (this.#keptOctets > 0) await this.#stage();
    return { kind: 'staged', chunks: this.#staged };
  }

  async discard(): Promise<void> {
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
}
