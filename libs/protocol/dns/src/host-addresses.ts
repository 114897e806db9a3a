import { addressInLiteral, parseAddressLiteral } from '@postern/smtp';
import type { Answer } from './answer.ts';
import type { AddressRecord } from './records.ts';
import type { Resolver } from './resolver.ts';

/** A mail host with more addresses than this is reached at some of them, taken at random. */
export const MAX_ADDRESSES = 16;

/**
 * The addresses of a mail host, or the one in an address literal, in the order in which to try them: at random (RFC 5321 §5.1),
 * the families taking turns, so that one family out of order costs one attempt and not all of them. IPv6 begins.
 */
export async function hostAddresses(
  host: string,
  resolver: Resolver,
  random: () => number,
): Promise<Answer<AddressRecord>> {
  const literal = parseAddressLiteral(host);
  if (literal) {
    const address = addressInLiteral(literal);
    const records: readonly AddressRecord[] = [{ family: address.includes(':') ? 6 : 4, address }];
    return { kind: 'found', records, authentic: false, ttlSeconds: 86_400, canonicalName: host };
  }
  const answer = await resolver.addresses(host);
  if (answer.kind !== 'found') return answer;
  return { ...answer, records: takingTurns(shuffled(answer.records, random)).slice(0, MAX_ADDRESSES) };
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

function takingTurns(records: readonly AddressRecord[]): readonly AddressRecord[] {
  const six = records.filter(({ family }) => family === 6);
  const four = records.filter(({ family }) => family === 4);
  return Array.from({ length: Math.max(six.length, four.length) }, (_, turn) => [six[turn], four[turn]])
    .flat()
    .filter((record) => record !== undefined);
}
