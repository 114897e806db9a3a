import type { Resolver } from '@postern/dns';
import { type DmarcRecord, isDmarcRecord, readDmarcRecord } from './dmarc-record.ts';

/** RFC 9989 §4.10: of a name with more labels than this, those in the middle are not asked. */
const MAX_LABELS = 8;

/** A name of the walk with its record. */
export interface Walked {
  readonly name: string;
  readonly record: DmarcRecord;
}

export type TreeWalk =
  | {
      readonly kind: 'walked';
      /** The records that count, the longest name first. */
      readonly found: readonly Walked[];
      /** Records that do not count, by name, and why. */
      readonly wrong: readonly { readonly name: string; readonly reason: string }[];
    }
  | { readonly kind: 'failed'; readonly name: string };

/** Asks a domain and the names above it for their DMARC records, up to one that says where to stop (RFC 9989 §4.10). */
export async function walkTree(domain: string, resolver: Pick<Resolver, 'txt'>): Promise<TreeWalk> {
  const found: Walked[] = [];
  const wrong: { name: string; reason: string }[] = [];
  for (const name of walkedNames(domain)) {
    const answer = await resolver.txt(`_dmarc.${name}`);
    if (answer.kind === 'failed') return { kind: 'failed', name: `_dmarc.${name}` };
    const texts = answer.kind === 'found' ? answer.records.filter(isDmarcRecord) : [];
    const [text] = texts;
    if (text === undefined) continue;
    const reading = readDmarcRecord(text);
    // Several records count as none.
    if (texts.length > 1) wrong.push({ name, reason: `there are ${texts.length} DMARC records` });
    else if (reading.kind === 'invalid') wrong.push({ name, reason: reading.reason });
    else {
      found.push({ name, record: reading.record });
      if (reading.record.psd !== 'u') break;
    }
  }
  return { kind: 'walked', found, wrong };
}

/** The names that are asked: `a.b.example.com` and those above it, down to `com`. */
export function walkedNames(domain: string): readonly string[] {
  const labels = domain.split('.');
  const above = labels.length > MAX_LABELS ? labels.slice(1 - MAX_LABELS) : labels.slice(1);
  return [domain, ...above.map((_, start) => above.slice(start).join('.'))];
}

/**
 * The organisational domain (RFC 9989 §4.10.2): names below the same one belong together. Where nobody published anything a
 * domain stands for itself.
 */
export function organisationalDomain(domain: string, found: readonly Walked[]): string {
  const own = found.find(({ record }) => record.psd === 'n');
  if (own) return own.name;
  const suffix = found.find(({ name, record }) => record.psd === 'y' && name !== domain);
  if (suffix)
    return domain
      .split('.')
      .slice(-suffix.name.split('.').length - 1)
      .join('.');
  return found.at(-1)?.name ?? domain;
}

/** The record whose policy counts for a domain: its own, that of its organisation, or that of the suffix above (RFC 9989 §4.10.1). */
export function policyFor(domain: string, found: readonly Walked[]): Walked | undefined {
  const organisation = organisationalDomain(domain, found);
  return (
    found.find(({ name }) => name === domain) ??
    found.find(({ name }) => name === organisation) ??
    found.find(({ record }) => record.psd === 'y')
  );
}
