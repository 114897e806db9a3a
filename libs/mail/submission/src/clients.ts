import {
  type CredentialStore,
  type CredentialWithSecrets,
  type Identity,
  type ListedNetwork,
  networkOf,
  parseCredentialName,
  type SubmitterUse,
} from '@postern/credentials';
import type { Clock } from '@postern/queue';

/** How long what the store said of a client is good for: a revoked credential is refused this much later at most. */
const FRESH_MS = 1_000;
const MAX_REMEMBERED = 10_000;

interface Remembered<T> {
  readonly value: Promise<T>;
  readonly at: number;
}

/**
 * The credentials and listed networks as the store has them, asked at most once a second for each: a client that opens a
 * connection for every message costs no query for every message.
 */
export class Clients {
  readonly #store: CredentialStore;
  readonly #clock: Clock;
  readonly #credentials = new Map<string, Remembered<CredentialWithSecrets | undefined>>();
  readonly #identified = new Map<string, Remembered<CredentialWithSecrets | undefined>>();
  readonly #networks = new Map<string, Remembered<readonly ListedNetwork[]>>();
  readonly #uses = new Map<string, SubmitterUse>();

  constructor(store: CredentialStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** The credential of a name as a client gives it; rejects with StoreUnavailable when the store does not answer. */
  credential(name: string): Promise<CredentialWithSecrets | undefined> {
    const parsed = parseCredentialName(name);
    if (parsed === undefined) return Promise.resolve(undefined);
    return this.#remember(this.#credentials, parsed, () => this.#store.findByName(parsed));
  }

  /** The credential that an identity is bound to; rejects with StoreUnavailable when the store does not answer. */
  identified(identity: Identity): Promise<CredentialWithSecrets | undefined> {
    return this.#remember(this.#identified, `${identity.kind} ${identity.value}`, () =>
      this.#store.findByIdentity(identity),
    );
  }

  /** The listed network that a client's address is in, the narrowest; undefined when it is in none. */
  async network(address: string): Promise<ListedNetwork | undefined> {
    return (await this.#remember(this.#networks, address, () => this.#store.networksOf(address)))[0];
  }

  /** Notes that a credential or a listed network was used; written by `writeUses`. */
  used(use: Omit<SubmitterUse, 'at'>): void {
    const key = `${use.submitterId} ${use.secretId ?? ''} ${networkOf(use.clientAddress)}`;
    if (this.#uses.size < MAX_REMEMBERED || this.#uses.has(key)) this.#uses.set(key, { ...use, at: this.#clock.now() });
  }

  /** Writes what `used` noted. */
  async writeUses(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = [...this.#uses.values()];
    this.#uses.clear();
    await this.#store.touch(uses);
  }

  /** Forgets what is remembered: something of it was changed. */
  forget(): void {
    this.#credentials.clear();
    this.#identified.clear();
    this.#networks.clear();
  }

  #remember<T>(memory: Map<string, Remembered<T>>, key: string, ask: () => Promise<T>): Promise<T> {
    const now = this.#clock.monotonicMs();
    const known = memory.get(key);
    if (known && now - known.at < FRESH_MS) return known.value;
    if (memory.size >= MAX_REMEMBERED) memory.clear();
    const value = ask();
    memory.set(key, { value, at: now });
    // A failure is told to who asked, and not remembered.
    value.catch(() => memory.delete(key));
    return value;
  }
}
