import { setMaxListeners } from 'node:events';
import {
  type Answer,
  bothFamilies,
  isAskable,
  localAnswer,
  type RecordOf,
  type RecordType,
  type Resolver,
  reverseName,
} from '@postern/dns';
import { AnswerCache } from './answer-cache.ts';
import type { Question } from './ask-server.ts';
import { ServerAsker } from './ask-servers.ts';
import type { ResolverOptions } from './options.ts';
import { believesAd, type Server, serversToAsk } from './server.ts';
import { SystemServers } from './system-servers.ts';
import { Turnstile } from './turnstile.ts';

/** A resolver over UDP and TCP. */
export interface DnsResolver extends Resolver, AsyncDisposable {
  /** Whom it asks now, and whether their AD bit is believed. */
  servers(): Promise<readonly (Server & { readonly believed: boolean })[]>;
  /** Forgets all answers. */
  flush(): void;
  /** Gives up all questions under way; they have failed. */
  close(): Promise<void>;
}

/** A name that cannot be asked for does not exist; nobody vouches for that. */
const UNASKABLE_TTL_SECONDS = 300;

/**
 * Makes a resolver: it asks the given servers, or the system's, and keeps what they say for as long as it holds. A question
 * that is being asked is not asked twice.
 */
export function createResolver(options: ResolverOptions): DnsResolver {
  const monotonicMs = options.monotonicMs ?? ((): number => performance.now());
  const cache = new AnswerCache(options.cache);
  const turnstile = new Turnstile(options.maxConcurrent ?? 256);
  const system = new SystemServers(options.resolvConf);
  const underWay = new Map<string, Promise<Answer<unknown>>>();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const asker = new ServerAsker({
    trustAd: options.trustAd,
    timeoutMs: options.timeoutMs ?? 3_000,
    attempts: options.attempts ?? 3,
    log: options.log ?? { info: () => undefined, warn: () => undefined },
    metrics: options.metrics,
    signal: closing.signal,
  });

  const allServers = async (): Promise<readonly Server[]> =>
    options.servers && options.servers.length > 0 ? options.servers : system.current(performance.now());

  const askAndKeep = async <Type extends RecordType>(
    key: string,
    question: Question<Type>,
  ): Promise<Answer<RecordOf[Type]>> => {
    // The time spent in line counts.
    const deadline = performance.now() + (options.deadlineMs ?? 10_000);
    const { answer, octets } = await turnstile.pass(async () => asker.ask(question, await allServers(), deadline));
    return cache.put(key, answer, { octets, nowMs: monotonicMs() });
  };

  const ask = <Type extends RecordType>(asked: string, type: Type): Promise<Answer<RecordOf[Type]>> => {
    const name = asked.toLowerCase().replace(/\.$/, '');
    const local = localAnswer(name, type);
    if (local) return Promise.resolve(local);
    if (!isAskable(name)) return Promise.resolve(notThere(name));
    const key = `${type} ${name}`;
    const kept = cache.get(key, monotonicMs());
    if (kept) {
      options.metrics?.cached({ type });
      return Promise.resolve(ofType(kept));
    }
    const same = underWay.get(key);
    if (same) return same.then(ofType<Type>);
    const answer = askAndKeep(key, { name, type }).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };

  const close = async (): Promise<void> => {
    closing.abort();
    await Promise.allSettled(underWay.values());
  };

  return {
    mx: (domain) => ask(domain, 'MX'),
    addresses: async (host) => bothFamilies(...(await Promise.all([ask(host, 'A'), ask(host, 'AAAA')]))),
    txt: (name) => ask(name, 'TXT'),
    tlsa: (name) => ask(name, 'TLSA'),
    cname: (name) => ask(name, 'CNAME'),
    async ptr(address) {
      const name = reverseName(address);
      return name === undefined ? notThere(address) : ask(name, 'PTR');
    },
    async servers() {
      const { trustAd } = options;
      return serversToAsk(await allServers(), trustAd).map(({ address, port }) => {
        return { address, port, believed: believesAd({ address, port }, trustAd) };
      });
    },
    flush: () => cache.clear(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function notThere(canonicalName: string): Answer<never> {
  return { kind: 'nxdomain', authentic: false, ttlSeconds: UNASKABLE_TTL_SECONDS, canonicalName };
}

/** The type is part of the key under which an answer is kept, so what comes back under a key is of its type. */
function ofType<Type extends RecordType>(answer: Answer<unknown>): Answer<RecordOf[Type]> {
  return answer as Answer<RecordOf[Type]>;
}
