import { type Answer, holds, parseAddress, type Resolver } from '@postern/dns';
import { expandMacros, type MacroValues } from './macro.ts';
import {
  isSpfRecord,
  networkOf,
  parseSpfRecord,
  type SpfMechanism,
  type SpfQualifier,
  type SpfRecord,
} from './record.ts';

/** RFC 7208 §2.6. */
export type SpfResult = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'temperror' | 'permerror';

/** RFC 7208 §4.6.4. */
export interface SpfLimits {
  /** Terms that ask the DNS: include, a, mx, ptr, exists, redirect. */
  readonly lookups: number;
  /** Questions that come back empty. */
  readonly voidLookups: number;
}

export const RFC_LIMITS: SpfLimits = Object.freeze({ lookups: 10, voidLookups: 2 });

/** RFC 7208 §4.6.4: names of an mx or ptr that are looked at. */
const MAX_NAMES = 10;
/** Includes within includes that are followed when limits are lifted. */
const MAX_DEPTH = 20;

export interface SpfQuestion {
  readonly address: string;
  readonly domain: string;
  /** The reverse-path; `postmaster@` the domain when there is none (RFC 7208 §4.3). */
  readonly sender?: string;
  readonly helo?: string;
  readonly limits?: SpfLimits;
}

/** A term that was looked at, in order. */
export interface SpfStep {
  readonly domain: string;
  readonly term: string;
  /** How many includes and redirects led here. */
  readonly depth: number;
  readonly matched: boolean;
}

export interface SpfOutcome {
  readonly result: SpfResult;
  readonly reason: string;
  readonly lookups: number;
  readonly voidLookups: number;
  readonly steps: readonly SpfStep[];
}

/** Whether an address may send for a domain: `check_host()` (RFC 7208 §4). */
export async function checkHost(question: SpfQuestion, resolver: Resolver): Promise<SpfOutcome> {
  const check = new Check(question, resolver);
  const { result, reason } = await check.run();
  return { result, reason, lookups: check.lookups, voidLookups: check.voidLookups, steps: check.steps };
}

interface Verdict {
  readonly result: SpfResult;
  readonly reason: string;
}

/** Ends the whole check: an error somewhere inside is the result outside (RFC 7208 §4.6, §5.2). */
class Ended extends Error {
  readonly verdict: Verdict;
  constructor(result: 'temperror' | 'permerror', reason: string) {
    super(reason);
    this.verdict = { result, reason };
  }
}

class Check {
  lookups = 0;
  voidLookups = 0;
  readonly steps: SpfStep[] = [];
  readonly #question: SpfQuestion;
  readonly #resolver: Resolver;
  readonly #limits: SpfLimits;
  #validated: readonly string[] | undefined;

  constructor(question: SpfQuestion, resolver: Resolver) {
    this.#question = question;
    this.#resolver = resolver;
    this.#limits = question.limits ?? RFC_LIMITS;
  }

  async run(): Promise<Verdict> {
    try {
      return await this.#evaluate(this.#question.domain, []);
    } catch (error) {
      if (error instanceof Ended) return error.verdict;
      throw error;
    }
  }

  async #evaluate(domain: string, above: readonly string[]): Promise<Verdict> {
    const record = await this.#record(domain);
    if (!record) return { result: 'none', reason: `${domain} has no SPF record` };
    if (above.includes(domain)) throw new Ended('permerror', `${domain} includes itself`);
    if (above.length > MAX_DEPTH) throw new Ended('permerror', 'includes are nested too deeply');
    const path = [...above, domain];
    for (const term of record.terms) {
      const matched = await this.#matches(term.mechanism, domain, path);
      this.steps.push({ domain, term: term.text, depth: above.length, matched });
      if (matched) return { result: RESULTS[term.qualifier], reason: `${term.text} of ${domain}` };
    }
    if (record.redirect === undefined)
      return { result: 'neutral', reason: `nothing in the record of ${domain} matches` };
    this.#count(`redirect=${record.redirect}`);
    const target = await this.#expand(record.redirect, domain);
    this.steps.push({ domain, term: `redirect=${record.redirect}`, depth: above.length, matched: true });
    const verdict = await this.#evaluate(target, path);
    if (verdict.result === 'none') throw new Ended('permerror', `redirect= to ${target}, which has no SPF record`);
    return verdict;
  }

  async #record(domain: string): Promise<SpfRecord | undefined> {
    const answer = await this.#resolver.txt(domain);
    if (answer.kind === 'failed') throw new Ended('temperror', `the record of ${domain} could not be looked up`);
    const texts = answer.kind === 'found' ? answer.records.filter(isSpfRecord) : [];
    const [text] = texts;
    if (text === undefined) return undefined;
    // RFC 7208 §4.5: two records are an error, not a choice.
    if (texts.length > 1) throw new Ended('permerror', `${domain} has ${texts.length} SPF records`);
    const reading = parseSpfRecord(text);
    if (reading.kind === 'invalid') throw new Ended('permerror', `the record of ${domain} is wrong: ${reading.reason}`);
    return reading.record;
  }

  async #matches(mechanism: SpfMechanism, domain: string, path: readonly string[]): Promise<boolean> {
    switch (mechanism.kind) {
      case 'all':
        return true;
      case 'ip':
        return this.#isIn(mechanism.network);
      case 'include': {
        this.#count('include');
        const target = await this.#expand(mechanism.domain, domain);
        const { result } = await this.#evaluate(target, path);
        if (result === 'none') throw new Ended('permerror', `include:${target} has no SPF record`);
        return result === 'pass';
      }
      case 'exists': {
        this.#count('exists');
        const target = await this.#expand(mechanism.domain, domain);
        const answer = await this.#found(this.#resolver.addresses(target), target);
        return answer.some(({ family }) => family === 4);
      }
      case 'a':
        this.#count('a');
        return this.#isHost(await this.#expand(mechanism.domain, domain), mechanism);
      case 'mx': {
        this.#count('mx');
        const target = await this.#expand(mechanism.domain, domain);
        const hosts = await this.#found(this.#resolver.mx(target), target);
        if (hosts.length > MAX_NAMES) throw new Ended('permerror', `${target} has more than ${MAX_NAMES} mail hosts`);
        for (const { exchange } of hosts) if (await this.#isHost(exchange, mechanism)) return true;
        return false;
      }
      case 'ptr': {
        this.#count('ptr');
        const target = (await this.#expand(mechanism.domain, domain)).toLowerCase();
        return (await this.#names()).some((name) => name === target || name.endsWith(`.${target}`));
      }
    }
  }

  async #isHost(host: string, bits: { readonly prefixBits4: number; readonly prefixBits6: number }): Promise<boolean> {
    const addresses = await this.#found(this.#resolver.addresses(host), host);
    return addresses.some(({ family, address }) => {
      const network = networkOf(address, String(family === 4 ? bits.prefixBits4 : bits.prefixBits6));
      return network !== undefined && this.#isIn(network);
    });
  }

  #isIn(network: Parameters<typeof holds>[0]): boolean {
    const address = parseAddress(this.#question.address);
    return address !== undefined && holds(network, address);
  }

  /** The client's names whose address is the client's (RFC 7208 §5.5). */
  async #names(): Promise<readonly string[]> {
    if (this.#validated) return this.#validated;
    const { address } = this.#question;
    const answer = await this.#resolver.ptr(address);
    const names = answer.kind === 'found' ? answer.records.slice(0, MAX_NAMES) : [];
    const valid: string[] = [];
    for (const name of names) {
      const addresses = await this.#resolver.addresses(name);
      const own = addresses.kind === 'found' && addresses.records.some((each) => each.address === address);
      if (own) valid.push(name.toLowerCase().replace(/\.$/, ''));
    }
    this.#validated = valid;
    return valid;
  }

  /** The records of an answer; none is a void lookup, and too many of those end the check. */
  async #found<Record>(asked: Promise<Answer<Record>>, name: string): Promise<readonly Record[]> {
    const answer = await asked;
    if (answer.kind === 'failed') throw new Ended('temperror', `${name} could not be looked up`);
    if (answer.kind === 'found') return answer.records;
    this.voidLookups++;
    if (this.voidLookups > this.#limits.voidLookups)
      throw new Ended(
        'permerror',
        `more than ${this.#limits.voidLookups} lookups come back empty; the last is ${name}`,
      );
    return [];
  }

  #count(term: string): void {
    this.lookups++;
    if (this.lookups > this.#limits.lookups)
      throw new Ended('permerror', `more than ${this.#limits.lookups} lookups are needed (at ${term})`);
  }

  async #expand(spec: string | undefined, domain: string): Promise<string> {
    if (spec === undefined) return domain;
    if (!spec.includes('%')) return spec.replace(/\.$/, '').toLowerCase();
    const sender = this.#question.sender ?? `postmaster@${this.#question.domain}`;
    const values: MacroValues = {
      sender: sender.includes('@') ? sender : `postmaster@${sender}`,
      domain,
      address: parseAddress(this.#question.address)?.text ?? this.#question.address,
      helo: this.#question.helo ?? this.#question.domain,
      validated: /%\{[pP]/.test(spec) ? ((await this.#names())[0] ?? 'unknown') : 'unknown',
    };
    const expanded = expandMacros(spec, values);
    if (expanded === undefined) throw new Ended('permerror', `the macros of ${spec} are wrong`);
    return expanded.replace(/\.$/, '').toLowerCase();
  }
}

const RESULTS: Readonly<Record<SpfQualifier, SpfResult>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};
