import type { Answer } from '../answer.ts';
import type { RecordType } from '../records.ts';
import { READ_RDATA } from './rdata.ts';
import { type RawRecord, RCODES, type Response } from './response.ts';
import { type RecordOf, TYPE_NUMBERS } from './types.ts';

/** RFC 1034 §3.6.2 wants short chains of aliases; longer ones, and loops, are a fault of the zone. */
export const MAX_ALIASES = 8;

/**
 * What a response means for the question (RFC 2308 §2).
 *
 * Aliases are followed within the response, but not when the question is for the alias itself. `authentic` tells whether the
 * server's AD bit is to be believed; it covers the answer section whole, aliases included, and denials (RFC 4035 §3.2.3).
 */
export function answerOf<Type extends RecordType>(
  response: Response,
  question: { readonly name: string; readonly type: Type },
  options: { readonly believesAd: boolean },
): Answer<RecordOf[Type]> {
  const { rcode } = response;
  if (rcode === RCODES.SERVFAIL) return { kind: 'failed', reason: 'servfail' };
  if (rcode === RCODES.REFUSED) return { kind: 'failed', reason: 'refused' };
  if (rcode !== RCODES.NOERROR && rcode !== RCODES.NXDOMAIN) return { kind: 'failed', reason: 'malformed' };

  const chain = followAliases(response, question);
  if (!chain) return { kind: 'failed', reason: 'malformed' };
  const type = TYPE_NUMBERS[question.type];
  const own = response.answers.filter((record) => record.type === type && record.name === chain.canonicalName);
  const records = own
    .map((record) => READ_RDATA[question.type](response.message, record.start, record.end))
    .filter((record) => record !== undefined);
  // Records that are there and cannot be read are no proof that there are none.
  if (own.length > 0 && records.length === 0) return { kind: 'failed', reason: 'malformed' };
  const authentic = options.believesAd && response.authenticData;
  const { canonicalName } = chain;
  if (records.length > 0) {
    return { kind: 'found', records, authentic, ttlSeconds: leastTtl([...chain.aliases, ...own]), canonicalName };
  }
  const ttlSeconds = Math.min(leastTtl(chain.aliases), response.negativeTtlSeconds ?? 0);
  // RFC 6604 §3: the RCODE is about the last name of the chain.
  return { kind: rcode === RCODES.NXDOMAIN ? 'nxdomain' : 'nodata', authentic, ttlSeconds, canonicalName };
}

interface Chain {
  readonly canonicalName: string;
  readonly aliases: readonly RawRecord[];
}

function followAliases(
  response: Response,
  question: { readonly name: string; readonly type: RecordType },
): Chain | undefined {
  let canonicalName = question.name.toLowerCase().replace(/\.$/, '');
  const aliases: RawRecord[] = [];
  if (question.type === 'CNAME') return { canonicalName, aliases };
  for (;;) {
    const alias = response.answers.find(({ name, type }) => type === TYPE_NUMBERS.CNAME && name === canonicalName);
    if (!alias) return { canonicalName, aliases };
    const target = READ_RDATA.CNAME(response.message, alias.start, alias.end);
    if (target === undefined || aliases.push(alias) > MAX_ALIASES) return undefined;
    canonicalName = target;
  }
}

function leastTtl(records: readonly RawRecord[]): number {
  return Math.min(...records.map((record) => record.ttlSeconds));
}
