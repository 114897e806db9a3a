import { readTagList } from '@postern/dkim';

/** A DMARC policy record (RFC 9989 §4.7, before it RFC 7489 §6.3). */
export interface DmarcRecord {
  readonly policy: 'none' | 'quarantine' | 'reject';
  readonly subDomainPolicy: 'none' | 'quarantine' | 'reject';
  /** `strict`: the very domain; `relaxed`: the same organisation. */
  readonly dkimAlignment: 'relaxed' | 'strict';
  readonly spfAlignment: 'relaxed' | 'strict';
  readonly reports: readonly string[];
  /** Of RFC 7489, and gone since: receivers that still know it apply the policy to so much of the mail. */
  readonly percent: number;
  /** `t=y`: the policy is not to be applied yet. */
  readonly testing: boolean;
  /** `y`: below this name domains are handed out to others; `n`: this is where an organisation begins. */
  readonly psd: 'y' | 'n' | 'u';
}

export type DmarcReading =
  { readonly kind: 'record'; readonly record: DmarcRecord } | { readonly kind: 'invalid'; readonly reason: string };

/** Whether a TXT record is one of DMARC. */
export function isDmarcRecord(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text);
}

/** Reads a DMARC record. */
export function readDmarcRecord(text: string): DmarcReading {
  const tags = readTagList(text);
  if (!tags) return { kind: 'invalid', reason: 'it is no list of tags' };
  const policy = policyOf(tags.get('p'));
  if (!policy) return { kind: 'invalid', reason: 'it has no p= of none, quarantine or reject' };
  const percent = tags.get('pct') ?? '100';
  if (!/^\d{1,3}$/.test(percent) || Number(percent) > 100)
    return { kind: 'invalid', reason: 'its pct= is no percentage' };
  const psd = tags.get('psd')?.toLowerCase();
  return {
    kind: 'record',
    record: {
      policy,
      subDomainPolicy: policyOf(tags.get('sp')) ?? policy,
      dkimAlignment: tags.get('adkim')?.toLowerCase() === 's' ? 'strict' : 'relaxed',
      spfAlignment: tags.get('aspf')?.toLowerCase() === 's' ? 'strict' : 'relaxed',
      reports: (tags.get('rua') ?? '')
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
      percent: Number(percent),
      testing: tags.get('t')?.toLowerCase() === 'y',
      psd: psd === 'y' || psd === 'n' ? psd : 'u',
    },
  };
}

function policyOf(text: string | undefined): DmarcRecord['policy'] | undefined {
  const lower = text?.toLowerCase();
  return lower === 'none' || lower === 'quarantine' || lower === 'reject' ? lower : undefined;
}
