import type { LocalDemand, StsFinding } from '@postern/tls-policy';
import { localDemand, type LocalRule, type MailAbout } from './local-rules.ts';
import { StsPolicies, type StsPoliciesOptions } from './sts-policies.ts';

const FRESH_MS = 2_000;

/** Policies of destinations and rules of operators, as lanes ask for them; the rules are two seconds old at most. */
export class Policies {
  readonly stsPolicies: StsPolicies;
  readonly #listRules: () => Promise<readonly LocalRule[]>;
  readonly #now: () => Date;
  #rules: { readonly list: Promise<readonly LocalRule[]>; readonly until: number } | undefined;

  constructor(options: StsPoliciesOptions & { readonly rules: { listRules(): Promise<readonly LocalRule[]> } }) {
    this.stsPolicies = new StsPolicies(options);
    this.#listRules = () => options.rules.listRules();
    this.#now = options.now ?? (() => new Date());
  }

  /** What is known without asking a policy host; undefined when one must be asked first. */
  sts(domain: string): Promise<StsFinding | undefined> {
    return this.stsPolicies.known(domain);
  }

  /** The same, asking the policy host; undefined when that cannot be now. */
  find(domain: string): Promise<StsFinding | undefined> {
    return this.stsPolicies.find(domain);
  }

  notMet(domain: string): void {
    this.stsPolicies.notMet(domain);
  }

  /** What our operators demand. Rejects when the store is away and was never asked. */
  async local(about: MailAbout): Promise<LocalDemand> {
    return localDemand(await this.#current(), about, this.#now());
  }

  async #current(): Promise<readonly LocalRule[]> {
    const known = this.#rules;
    if (known && performance.now() < known.until) return known.list;
    const list = this.#listRules();
    this.#rules = { list, until: performance.now() + FRESH_MS };
    try {
      return await list;
    } catch (cause) {
      this.#rules = undefined;
      throw cause;
    }
  }
}
