import { isRated, type Reserved, type SubmitterSettings, type SubmitterStore, type Taken } from '@postern/credentials';
import type { Clock } from '@postern/queue';

type Rated = Pick<SubmitterSettings, 'id' | 'limits'>;

/** What is left to a submitter, as it was said a moment ago. */
export type Standing = Pick<Reserved, 'messagesLeft' | 'recipientsLeft' | 'waitSeconds'>;

/** `none`: the submitter is not limited, and nothing has to be given back. */
export type Reservation =
  | { readonly kind: 'granted'; readonly taken: Taken | 'none' }
  | { readonly kind: 'refused'; readonly standing: Standing };

interface Asked {
  readonly of: Rated;
  readonly messages: number;
  readonly recipients: number;
  readonly resolve: (answer: Reserved) => void;
  readonly reject: (cause: unknown) => void;
}

/** Questions in one statement at most. */
const BATCH = 256;
/** How long an answer stands for who only wants to know. */
const STANDING_MS = 250;
const MAX_REMEMBERED = 10_000;

/**
 * Counts messages and recipients against the limits of credentials and listed networks, exactly, over all processes
 * (docs/adr/0040).
 *
 * Whoever is not limited is never asked about. Of the others, all who wait are asked about in one statement, one at a
 * time: while it runs the next gathers. What was taken for a message that is not accepted is given back.
 */
export class RateLimiter {
  readonly #store: Pick<SubmitterStore, 'reserve' | 'giveBack'>;
  readonly #clock: Clock;
  readonly #onFault: (cause: unknown) => void;
  readonly #standings = new Map<string, { readonly standing: Standing; readonly at: number }>();
  #asked: Asked[] = [];
  #returned: Taken[] = [];
  #asking = false;

  constructor(options: {
    readonly store: Pick<SubmitterStore, 'reserve' | 'giveBack'>;
    readonly clock: Clock;
    /** What could not be given back is counted until its span is over. */
    readonly onFault: (cause: unknown) => void;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#onFault = options.onFault;
  }

  /** What is left to a submitter; undefined when it is not limited. It reserves nothing. */
  async standing(of: Rated): Promise<Standing | undefined> {
    if (!isRated(of.limits)) return undefined;
    const known = this.#standings.get(of.id);
    if (known && this.#clock.monotonicMs() - known.at < STANDING_MS) return known.standing;
    return this.#ask(of, 0, 0);
  }

  /** Takes what a message with so many recipients needs: all of it or nothing. */
  async reserve(of: Rated, recipients: number): Promise<Reservation> {
    if (!isRated(of.limits)) return { kind: 'granted', taken: 'none' };
    const answer = await this.#ask(of, 1, recipients);
    if (!answer.granted) return { kind: 'refused', standing: answer };
    const taken = { submitterId: of.id, atMicros: answer.atMicros, messages: 1, recipients };
    return { kind: 'granted', taken };
  }

  /** Gives back what was taken for a message that was not accepted. */
  giveBack(taken: Taken | 'none'): void {
    if (taken === 'none') return;
    this.#returned.push(taken);
    this.#standings.delete(taken.submitterId);
    this.#go();
  }

  /** Forgets what was said: limits were changed. */
  forget(): void {
    this.#standings.clear();
  }

  #ask(of: Rated, messages: number, recipients: number): Promise<Reserved> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ of, messages, recipients, resolve, reject });
      this.#go();
    });
  }

  #go(): void {
    if (this.#asking || this.#asked.length + this.#returned.length === 0) return;
    this.#asking = true;
    // One turn of the event loop, so that those who came in the same read are asked about together.
    setImmediate(() => {
      void this.#round().finally(() => {
        this.#asking = false;
        this.#go();
      });
    });
  }

  async #round(): Promise<void> {
    const [returned, asked] = [this.#returned.splice(0, BATCH), this.#asked.splice(0, BATCH)];
    // What is given back may be what the next one waits for.
    await this.#store.giveBack(returned).catch(this.#onFault);
    const wanted = asked.map(({ of, messages, recipients }) => ({
      submitterId: of.id,
      limits: of.limits,
      messages,
      recipients,
    }));
    try {
      const answers = await this.#store.reserve(wanted);
      for (const [place, each] of asked.entries()) {
        const answer = answers[place];
        if (answer) this.#remember(each.of.id, answer);
        if (answer) each.resolve(answer);
        else each.reject(new Error('the store left a reservation unanswered'));
      }
    } catch (cause) {
      for (const each of asked) each.reject(cause);
    }
  }

  #remember(id: string, standing: Standing): void {
    if (this.#standings.size >= MAX_REMEMBERED) this.#standings.clear();
    this.#standings.set(id, { standing, at: this.#clock.monotonicMs() });
  }
}
