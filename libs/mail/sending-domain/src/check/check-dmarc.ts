import type { Resolver } from '@postern/dns';
import { domainsAbove } from '../choose-signing-domain.ts';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';
import { type DmarcRecord, isDmarcRecord, readDmarcRecord } from './dmarc-record.ts';

/** Mail that was sent as a domain in the last days, by what DMARC looks at. */
export interface SentMail {
  /** The domain of the reverse-path; empty for the null reverse-path. */
  readonly reversePathDomain: string;
  readonly signed: boolean;
  readonly messages: number;
}

/** The domain's DMARC policy, and what it would have made of the mail that was really sent (RFC 7489). */
export async function checkDmarc(
  domain: string,
  sent: readonly SentMail[],
  resolver: Pick<Resolver, 'txt'>,
): Promise<readonly CheckLine[]> {
  const found = await findPolicy(domain, resolver);
  if ('line' in found) return [found.line];
  return [policyLine(domain, found), alignmentLine(domain, found, sent)];
}

interface Policy {
  readonly at: string;
  readonly record: DmarcRecord;
}

/** The record of the domain, or of the nearest one above it that has one. */
async function findPolicy(
  domain: string,
  resolver: Pick<Resolver, 'txt'>,
): Promise<Policy | { readonly line: CheckLine }> {
  const about = { id: 'dmarc', about: 'DMARC' };
  for (const at of domainsAbove(domain)) {
    const answer = await resolver.txt(`_dmarc.${at}`);
    if (answer.kind === 'failed') return { line: unknown(about, `_dmarc.${at} TXT`) };
    const texts = answer.kind === 'found' ? answer.records.filter(isDmarcRecord) : [];
    const [text] = texts;
    if (text === undefined) continue;
    const wrong = (reason: string) => ({
      line: fails(about, {
        found: reason,
        effect: 'Receivers ignore the record: the domain has no policy, and large receivers refuse mail in bulk',
        remedy: `Publish one record: _dmarc.${at} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${at}"`,
      }),
    });
    if (texts.length > 1) return wrong(`There are ${texts.length} DMARC records at _dmarc.${at}`);
    const reading = readDmarcRecord(text);
    if (reading.kind === 'invalid') return wrong(`The record at _dmarc.${at} is wrong: ${reading.reason}`);
    return { at, record: reading.record };
  }
  return {
    line: fails(about, {
      found: `There is no record at _dmarc.${domain}`,
      effect: 'Google and Yahoo want one of everybody who sends 5,000 messages a day; Microsoft too',
      remedy: `Publish _dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`,
    }),
  };
}

function policyLine(domain: string, { at, record }: Policy): CheckLine {
  const about = { id: 'dmarc', about: 'DMARC' };
  const policy = at === domain ? record.policy : record.subDomainPolicy;
  const from = at === domain ? '' : `, from ${at}`;
  const found = `p=${policy}${from}${record.reports.length > 0 ? `, reports to ${record.reports.join(' ')}` : ''}`;
  if (policy === 'none')
    return warns(about, {
      found,
      effect: 'Mail of strangers in the name of the domain is delivered',
      remedy: 'When the reports show that all mail passes, go on to p=quarantine and p=reject',
    });
  return record.percent < 100 ? informs(about, `${found}, for ${record.percent} % of mail`) : passes(about, found);
}

/** Aligned (RFC 7489 §3.1): signed mail is, by DKIM, since it is signed for the very domain or the one above it. */
function alignmentLine(domain: string, policy: Policy, sent: readonly SentMail[]): CheckLine {
  const about = { id: 'dmarc:alignment', about: 'DMARC alignment of what was sent' };
  const total = count(sent);
  if (total === 0) return informs(about, 'Nothing was sent in the last 7 days');
  const bySpf = sent.filter((each) => isAligned(each.reversePathDomain, domain, policy));
  const neither = sent.filter((each) => !each.signed && !bySpf.includes(each));
  const says = `Of ${total} messages in the last 7 days ${count(sent.filter(({ signed }) => signed))} are aligned by DKIM, ${count(bySpf)} by SPF`;
  if (neither.length === 0) return passes(about, says);
  const paths = neither.map(({ reversePathDomain }) => reversePathDomain || '<>').slice(0, 5);
  const said = {
    found: `${says}; ${count(neither)} by neither (reverse-path ${[...new Set(paths)].join(' ')})`,
    effect:
      policy.record.policy === 'none'
        ? 'They fail DMARC; with another policy they are lost'
        : `They fail DMARC and are treated as p=${policy.record.policy} says`,
    remedy: 'Sign for the domain (postern domain show says with what), or send with a reverse-path of it',
  };
  // What was sent before the keys were there is past.
  return policy.record.policy === 'none' ? warns(about, said) : fails(about, said);
}

function isAligned(reversePathDomain: string, domain: string, { at, record }: Policy): boolean {
  if (reversePathDomain === domain) return true;
  if (record.spfAlignment === 'strict') return false;
  return reversePathDomain === at || reversePathDomain.endsWith(`.${at}`);
}

function count(sent: readonly SentMail[]): number {
  return sent.reduce((sum, { messages }) => sum + messages, 0);
}
