import type { Hour } from '@postern/credentials';

export const NOTHING: Hour = Object.freeze({ messages: 0, recipients: 0, newDomains: 0, fromNewNetwork: 0 });

export function addTo(a: Hour, b: Hour): Hour {
  return {
    messages: a.messages + b.messages,
    recipients: a.recipients + b.recipients,
    newDomains: a.newDomains + b.newDomains,
    fromNewNetwork: a.fromNewNetwork + b.fromNewNetwork,
  };
}

/** Domains that are remembered as told, so that the store is not told of them again. */
const MAX_TOLD = 2_000;
/** Domains in one telling at most. */
const MAX_DOMAINS = 5_000;

/** What was accepted of one submitter since the store was told. */
export class Pending {
  readonly #told = new Set<string>();
  #domains = new Set<string>();
  #hour: Hour = NOTHING;

  get hour(): Hour {
    return this.#hour;
  }

  /** Adds a message with a domain for each of its recipients. */
  add(domains: readonly string[], { isNewNetwork }: { readonly isNewNetwork: boolean }): void {
    for (const domain of domains)
      if (!this.#told.has(domain) && this.#domains.size < MAX_DOMAINS) this.#domains.add(domain);
    const recipients = domains.length;
    const fromNewNetwork = isNewNetwork ? recipients : 0;
    this.#hour = addTo(this.#hour, { messages: 1, recipients, newDomains: 0, fromNewNetwork });
  }

  /** What is to be told; from then on nothing is pending. */
  take(): { readonly hour: Hour; readonly domains: readonly string[] } {
    const taken = { hour: this.#hour, domains: [...this.#domains] };
    this.#hour = NOTHING;
    this.#domains = new Set();
    if (this.#told.size > MAX_TOLD) this.#told.clear();
    for (const domain of taken.domains) this.#told.add(domain);
    return taken;
  }
}
