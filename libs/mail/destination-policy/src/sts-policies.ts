import type { Resolver } from '@postern/dns';
import { readStsPolicy, readStsRecord, type StsFault, type StsFinding } from '@postern/tls-policy';
import { LastingMap } from './lasting-map.ts';
import { StoredDomains } from './stored-domains.ts';
import type { PolicyFetcher, PolicyLog, PolicyStore, StoredSts } from './ports.ts';

export interface StsPoliciesOptions {
  readonly resolver: Pick<Resolver, 'txt'>;
  readonly store: PolicyStore;
  readonly fetcher: PolicyFetcher;
  readonly log: PolicyLog;
  readonly now?: () => Date;
  /** How long mail waits for a TXT record; then there is none (RFC 8461 §3.1). */
  readonly recordMs?: number;
  /** How long a finding is believed before the DNS and the store are asked again. */
  readonly freshMs?: number;
  /** How long after a fetch that failed the next one is made. */
  readonly retryMs?: number;
  readonly maxFetches?: number;
}

/**
 * The MTA-STS policies of domains (RFC 8461): discovered by DNS, fetched, kept in the store for as long as they say.
 *
 * A policy that is kept counts until its time is over or a valid one takes its place: neither a record that vanished, nor
 * a policy host that fails, nor a restart makes it count less (RFC 8461 §3.3, §10.2). Nobody waits for a fetch but who
 * calls `find`; a fetch under way is not begun twice.
 */
export class StsPolicies {
  readonly #options: Required<StsPoliciesOptions>;
  readonly #findings: LastingMap<StsFinding>;
  readonly #stored: StoredDomains;
  readonly #fetches = new Map<string, Promise<StsFinding>>();

  constructor(options: StsPoliciesOptions) {
    this.#options = {
      now: () => new Date(),
      recordMs: 3_000,
      freshMs: 60_000,
      retryMs: 5 * 60_000,
      maxFetches: 200,
      ...options,
    };
    this.#findings = new LastingMap(this.#options.freshMs);
    this.#stored = new StoredDomains(this.#options.store);
  }

  /** What is known without asking a policy host; undefined when one must be asked first. Rejects when the store is away. */
  async known(domain: string): Promise<StsFinding | undefined> {
    const fresh = this.#findings.get(domain);
    if (fresh) return fresh;
    const { finding, stale } = await this.#look(domain);
    if (stale !== undefined) {
      if (finding.kind === 'none') return undefined;
      // The one that is kept counts until the new one is here.
      void this.#fetch(domain, stale, finding);
    }
    this.#findings.set(domain, finding);
    return finding;
  }

  /** The finding, fetched when it must be; undefined when more is being fetched than can be, and mail should wait. */
  async find(domain: string): Promise<StsFinding | undefined> {
    const known = await this.known(domain);
    if (known) return known;
    const { finding, stale } = await this.#look(domain);
    return stale === undefined ? finding : this.#fetch(domain, stale, finding);
  }

  /** What is so now, whatever was known before: for who wants to see it. */
  async look(domain: string): Promise<StsFinding> {
    const { finding, stale } = await this.#look(domain);
    const looked = stale === undefined ? finding : ((await this.#fetch(domain, stale, finding)) ?? finding);
    this.#findings.set(domain, looked);
    return looked;
  }

  /** A host did not prove what the policy demands: perhaps it is an old one (RFC 8461 §5.1). Looks, in the background and not too often. */
  notMet(domain: string): void {
    void this.#refresh(domain).catch((cause: unknown) =>
      this.#options.log.warn({ err: cause, domain }, 'MTA-STS policy not looked at again'),
    );
  }

  /** Fetches anew what was fetched a day ago (RFC 8461 §3.3, §10.2); answers how many. */
  async refreshDue(limit = 100): Promise<number> {
    const { store, now } = this.#options;
    const domains = await store.takeStsToRefresh(new Date(now().getTime() - DAY_MS), limit);
    await Promise.all(domains.map((domain) => this.#refresh(domain)));
    return domains.length;
  }

  async #refresh(domain: string): Promise<void> {
    const { store, now, retryMs } = this.#options;
    const stored = await store.findSts(domain);
    if (!stored || now().getTime() - stored.triedAt.getTime() < retryMs) return;
    const record = await this.#record(domain);
    const id = record.kind === 'id' ? record.id : stored.kept?.id;
    if (id !== undefined) await this.#fetch(domain, id, findingOf(stored, now(), ''));
  }

  /** What DNS and store say; `stale` is the id of a policy that should be fetched. */
  async #look(domain: string): Promise<{ readonly finding: StsFinding; readonly stale?: string }> {
    const { store, now, retryMs } = this.#options;
    const record = await this.#record(domain);
    const stored = (await this.#stored.has(domain)) ? await store.findSts(domain) : undefined;
    const at = now();
    if (record.kind === 'none') return { finding: findingOf(stored, at, record.because) };
    const finding = findingOf(stored, at, 'it was not fetched yet');
    if (finding.kind === 'policy' && finding.id === record.id) return { finding };
    const triedLately =
      stored?.fault !== undefined && stored.triedId === record.id && at.getTime() - stored.triedAt.getTime() < retryMs;
    return triedLately ? { finding } : { finding, stale: record.id };
  }

  async #record(domain: string): Promise<ReturnType<typeof readStsRecord>> {
    if (domain.startsWith('[')) return { kind: 'none', because: 'an address has no policy' };
    const answer = await within(this.#options.recordMs, this.#options.resolver.txt(`_mta-sts.${domain}`));
    if (answer === undefined) return { kind: 'none', because: 'the TXT record did not come in time' };
    if (answer.kind === 'failed')
      return { kind: 'none', because: `the TXT record could not be looked up (${answer.reason})` };
    return readStsRecord(answer.kind === 'found' ? answer.records : []);
  }

  #fetch(domain: string, id: string, before: StsFinding): Promise<StsFinding> | undefined {
    const underWay = this.#fetches.get(domain);
    if (underWay) return underWay;
    if (this.#fetches.size >= this.#options.maxFetches) return undefined;
    const fetch = this.#fetchAndKeep(domain, id, before)
      .then((finding) => {
        this.#findings.set(domain, finding);
        return finding;
      })
      .catch((cause: unknown) => {
        this.#options.log.warn({ err: cause, domain }, 'MTA-STS policy not kept');
        return before;
      })
      .finally(() => this.#fetches.delete(domain));
    this.#fetches.set(domain, fetch);
    return fetch;
  }

  async #fetchAndKeep(domain: string, id: string, before: StsFinding): Promise<StsFinding> {
    const { fetcher, store, now, log } = this.#options;
    const fetched = await fetcher.fetch(domain);
    const fetchedAt = now();
    this.#stored.add(domain);
    const reading = fetched.kind === 'fetched' ? readStsPolicy(fetched.text) : undefined;
    if (reading?.kind === 'policy') {
      const { policy } = reading;
      const expiresAt = new Date(fetchedAt.getTime() + policy.maxAgeSeconds * 1_000);
      await store.keepSts(domain, { id, policy, fetchedAt, expiresAt });
      log.info({ domain, id, mode: policy.mode }, 'MTA-STS policy fetched');
      return { kind: 'policy', policy, id, fetchedAt, expiresAt };
    }
    const fault: StsFault =
      fetched.kind === 'failed'
        ? fetched.fault
        : { resultType: 'sts-policy-invalid', because: `the policy is invalid: ${reading?.because ?? ''}` };
    await store.keepStsFault(domain, { id, at: fetchedAt, fault });
    log.warn({ domain, id, because: fault.because }, 'MTA-STS policy could not be had');
    return { ...before, failure: fault };
  }
}

const DAY_MS = 86_400_000;

/** What is kept and still counts, or nothing. */
function findingOf(stored: StoredSts | undefined, now: Date, because: string): StsFinding {
  const failure = stored?.fault ? { failure: stored.fault } : {};
  const kept = stored?.kept;
  if (kept && kept.expiresAt > now) return { kind: 'policy', ...kept, ...failure };
  return {
    kind: 'none',
    because: stored?.fault && because === 'it was not fetched yet' ? stored.fault.because : because,
    ...failure,
  };
}

/** The outcome, or undefined when it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
