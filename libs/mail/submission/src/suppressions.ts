import type { HeldSuppression, NewMessage, SuppressionStore } from '@postern/queue';
import type { SubmissionLog } from './context.ts';

type Questions = Omit<SuppressionStore, 'signingCredentials'>;

/** Changes of transactions that were under way when we last looked are found by looking a little further back. */
const OVERLAP_MS = 30_000;

/**
 * The addresses that are not sent to.
 *
 * A filter of the hashes of all of them, a second old at most, says at once of nearly every recipient that it is not one,
 * without asking the store; of the others the store is asked, so what is lifted or out of scope is sent to.
 */
export class Suppressions {
  readonly #store: Questions;
  readonly #log: Pick<SubmissionLog, 'warn'>;
  readonly #filter = new Set<number>();
  #refusing: ReadonlySet<string> = new Set();
  #since: Date | undefined;

  constructor(store: Questions, { log }: { readonly log: Pick<SubmissionLog, 'warn'> }) {
    this.#store = store;
    this.#log = log;
  }

  /** Learns what has changed; what it knew stays good when the store does not answer. */
  async refresh(): Promise<void> {
    try {
      let after: string | undefined;
      let at: Date | undefined;
      do {
        const page = await this.#store.suppressedSince(this.#since, after);
        at ??= page.at;
        for (const address of page.addresses) this.#filter.add(hash(address));
        after = page.after;
      } while (after !== undefined);
      this.#since = new Date(at.getTime() - OVERLAP_MS);
      this.#refusing = new Set(await this.#store.refusingCredentials());
    } catch (cause) {
      this.#log.warn({ err: cause }, 'suppressions not read, those of before are good');
    }
  }

  /** Whether suppressed recipients of this credential are refused rather than recorded. */
  refuses(credentialId: string): boolean {
    return this.#refusing.has(credentialId);
  }

  /** Why each of these recipients is not sent to, by its address; undefined when all of them are, as nearly always. */
  find(forwardPaths: readonly string[], reversePath: string): Promise<ReadonlyMap<string, string>> | undefined {
    if (this.#filter.size === 0) return undefined;
    const maybe = forwardPaths.map((path) => path.toLowerCase()).filter((address) => this.#filter.has(hash(address)));
    return maybe.length === 0 ? undefined : this.#ask(maybe, reversePath.toLowerCase());
  }

  async #ask(addresses: readonly string[], sender: string): Promise<ReadonlyMap<string, string>> {
    const held = await this.#store.suppressionsOf(addresses);
    return new Map(held.filter(({ scope }) => isInScope(scope, sender)).map((each) => [each.address, reason(each)]));
  }
}

/** Where messages go to be committed. */
export interface Commits {
  commit(message: NewMessage): Promise<void>;
}

/** Commits messages with their suppressed recipients marked: these end where they begin. */
export function markingSuppressed(commits: Commits, suppressions: Pick<Suppressions, 'find'>): Commits {
  return {
    commit(message) {
      const asked = suppressions.find(
        message.recipients.map(({ forwardPath }) => forwardPath),
        message.reversePath,
      );
      return asked === undefined
        ? commits.commit(message)
        : asked.then((found) => commits.commit(marked(message, found)));
    },
  };
}

function marked(message: NewMessage, found: ReadonlyMap<string, string>): NewMessage {
  if (found.size === 0) return message;
  const recipients = message.recipients.map((recipient) => {
    const suppressed = found.get(recipient.forwardPath.toLowerCase());
    return suppressed === undefined ? recipient : { ...recipient, suppressed };
  });
  return { ...message, recipients };
}

function isInScope(scope: string, sender: string): boolean {
  return scope === '*' || (scope.startsWith('@') ? sender.endsWith(scope) : sender === scope);
}

function reason({ class: why, createdAt, evidence }: HeldSuppression): string {
  return `Suppressed since ${createdAt.toISOString().slice(0, 10)} (${why}): ${evidence}`.slice(0, 500);
}

/** FNV-1a, 32 bits: enough to say no; a yes is looked up. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
