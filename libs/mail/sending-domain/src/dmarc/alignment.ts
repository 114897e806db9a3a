import type { Resolver } from '@postern/dns';
import { checkHost } from '@postern/spf';
import { organisationalDomain, policyFor, walkTree } from './tree-walk.ts';

/** Mail that was sent in the last days, by what DMARC looks at. */
export interface SentMail {
  /** The domain of From. */
  readonly author: string;
  /** The domain of the reverse-path; empty for the null reverse-path. */
  readonly reversePathDomain: string;
  /** The domain that we signed for. */
  readonly signer: string | undefined;
  /** Whether it leaves with a signed return-path of ours in place of its reverse-path. */
  readonly signedPath?: boolean;
  readonly messages: number;
}

/** By what receivers would find mail to be its author's. */
export interface Aligned {
  readonly dkim: boolean;
  readonly spf: boolean;
}

/** Names whose organisation is asked for, and reverse-paths whose SPF is. */
const MAX_NAMES = 60;
const MAX_PATHS = 20;

interface Organisation {
  readonly name: string;
  readonly dkim: 'relaxed' | 'strict';
  readonly spf: 'relaxed' | 'strict';
}

/** Judges mail that was sent by what the DNS says now (RFC 9989 §4.4, §5.3). Each name is asked for once. */
export class Alignment {
  readonly #resolver: Resolver;
  /** From where mail leaves. */
  readonly #addresses: readonly string[];
  readonly #organisations = new Map<string, Promise<Organisation>>();
  readonly #spf = new Map<string, Promise<boolean>>();

  constructor(resolver: Resolver, addresses: readonly string[]) {
    this.#resolver = resolver;
    this.#addresses = addresses;
  }

  async judge({ author, reversePathDomain, signer }: SentMail): Promise<Aligned> {
    const of = await this.#organisation(author);
    const [dkim, spf] = await Promise.all([
      signer !== undefined && this.#together(author, signer, of.dkim),
      reversePathDomain !== '' &&
        this.#together(author, reversePathDomain, of.spf).then((aligned) => aligned && this.#passes(reversePathDomain)),
    ]);
    return { dkim, spf };
  }

  async #together(author: string, other: string, how: 'relaxed' | 'strict'): Promise<boolean> {
    if (author === other) return true;
    if (how === 'strict') return false;
    const [one, two] = await Promise.all([this.#organisation(author), this.#organisation(other)]);
    return one.name === two.name;
  }

  #organisation(domain: string): Promise<Organisation> {
    const alone = { name: domain, dkim: 'relaxed', spf: 'relaxed' } as const;
    return remembered(this.#organisations, domain, MAX_NAMES, alone, async () => {
      const walk = await walkTree(domain, this.#resolver);
      if (walk.kind === 'failed') return alone;
      const record = policyFor(domain, walk.found)?.record;
      return {
        name: organisationalDomain(domain, walk.found),
        dkim: record?.dkimAlignment ?? 'relaxed',
        spf: record?.spfAlignment ?? 'relaxed',
      };
    });
  }

  /** Whether mail with a reverse-path of a domain passes SPF from everywhere that it may leave from. */
  #passes(domain: string): Promise<boolean> {
    return remembered(this.#spf, domain, MAX_PATHS, false, async () => {
      for (const address of this.#addresses)
        if ((await checkHost({ address, domain }, this.#resolver)).result !== 'pass') return false;
      return this.#addresses.length > 0;
    });
  }
}

function remembered<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  atMost: number,
  otherwise: Value,
  ask: () => Promise<Value>,
): Promise<Value> {
  const before = known.get(key);
  if (before) return before;
  if (known.size >= atMost) return Promise.resolve(otherwise);
  const asked = ask();
  known.set(key, asked);
  return asked;
}
