import type { SenderRule } from '@postern/credentials';
import { DEFAULT_FIELD_POLICY, type FieldPolicy, readPrivateKey, type SignerKey } from '@postern/dkim';
import type { Clock } from '@postern/queue';
import { DKIM_PRIVATE_KEY, unseal } from '@postern/sealing';
import { chooseSigningDomain, domainsAbove } from './choose-signing-domain.ts';
import type { SigningStore, StoredSigningDomain, StoredSigningKey } from './signing-store.ts';

/** How long what the store said is good for. */
const FRESH_MS = 1_000;
const MAX_REMEMBERED = 10_000;

/** How mail of a domain is signed. */
export interface Signing {
  readonly domain: string;
  readonly keys: readonly SignerKey[];
  readonly policy: FieldPolicy;
}

interface Row extends Signing {
  readonly name: string;
  readonly subDomains: boolean;
}

interface Remembered {
  readonly rows: Promise<readonly Row[]>;
  /** Set once the promise is fulfilled. */
  now: readonly Row[] | undefined;
  readonly at: number;
}

export interface SigningDirectoryOptions {
  readonly store: SigningStore;
  readonly clock: Clock;
  readonly sealKey: Buffer;
  readonly log: { error(facts: object, event: string): void };
}

/**
 * The sending domains as the store has them, asked at most once a second for each, and their keys, opened once: mail costs no
 * query of its own, and mail of a domain without keys nothing but a look at a map.
 */
export class SigningDirectory {
  readonly #options: SigningDirectoryOptions;
  readonly #remembered = new Map<string, Remembered>();
  readonly #opened = new Map<string, SignerKey | undefined>();

  constructor(options: SigningDirectoryOptions) {
    this.#options = options;
  }

  /** How mail from a domain is signed; undefined when it is not. Answers at once where that is known. */
  find(domain: string, rules: readonly SenderRule[]): Signing | undefined | Promise<Signing | undefined> {
    const known = this.#known(domain);
    const choose = (rows: readonly Row[]): Signing | undefined => {
      const row = chooseSigningDomain(domain, rows, rules);
      return row && row.keys.length > 0 ? row : undefined;
    };
    return known.now ? choose(known.now) : known.rows.then(choose);
  }

  #known(domain: string): Remembered {
    const now = this.#options.clock.monotonicMs();
    const known = this.#remembered.get(domain);
    if (known && now - known.at < FRESH_MS) return known;
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear();
    const rows = this.#options.store
      .signingDomains(domainsAbove(domain))
      .then((stored) => stored.map((each) => this.#open(each)));
    const asked: Remembered = { rows, now: undefined, at: now };
    this.#remembered.set(domain, asked);
    rows.then(
      (each) => (asked.now = each),
      // A failure is told to who asked, and not remembered.
      () => this.#remembered.delete(domain),
    );
    return asked;
  }

  #open({ name, subDomains, signedFields, keys }: StoredSigningDomain): Row {
    const policy =
      signedFields.length === 0
        ? DEFAULT_FIELD_POLICY
        : { ...DEFAULT_FIELD_POLICY, signed: [...DEFAULT_FIELD_POLICY.signed, ...signedFields] };
    const opened = keys.map((key) => this.#openKey(name, key)).filter((key) => key !== undefined);
    return { name, domain: name, subDomains, keys: opened, policy };
  }

  #openKey(domain: string, key: StoredSigningKey): SignerKey | undefined {
    if (this.#opened.has(key.id)) return this.#opened.get(key.id);
    if (this.#opened.size >= MAX_REMEMBERED) this.#opened.clear();
    const pem = unseal(key.sealedPrivateKey, { key: this.#options.sealKey, purpose: DKIM_PRIVATE_KEY });
    const reading = pem === undefined ? undefined : readPrivateKey(pem);
    const opened =
      reading?.kind === 'key'
        ? { domain, selector: key.selector, algorithm: reading.algorithm, privateKey: reading.privateKey }
        : undefined;
    if (!opened) {
      const because = 'it cannot be opened: POSTERN_SECRET is another than when it was made';
      this.#options.log.error({ domain, selector: key.selector, because }, 'a DKIM key cannot be used');
    }
    this.#opened.set(key.id, opened);
    return opened;
  }
}
