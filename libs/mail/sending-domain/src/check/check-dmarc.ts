import type { Resolver } from '@postern/dns';
import type { Alignment, SentMail } from '../dmarc/alignment.ts';
import { policyFor, type TreeWalk, type Walked, walkTree } from '../dmarc/tree-walk.ts';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

export interface DmarcQuestion {
  readonly sent: readonly SentMail[];
  readonly alignment: Alignment;
  /** Whether the world sees a key that signs. */
  readonly signatures: 'verify' | 'do-not-verify';
}

/** The domain's DMARC policy, and what it would make of the mail that was really sent (RFC 9989). */
export async function checkDmarc(
  domain: string,
  question: DmarcQuestion,
  resolver: Pick<Resolver, 'txt'>,
): Promise<readonly CheckLine[]> {
  const walk = await walkTree(domain, resolver);
  const about = { id: 'dmarc', about: 'DMARC' };
  if (walk.kind === 'failed') return [unknown(about, `${walk.name} TXT`)];
  const policy = policyFor(domain, walk.found);
  const wrong = wrongRecord(domain, walk);
  if (wrong) return [wrong];
  if (!policy)
    return [
      fails(about, {
        found: `There is no record at _dmarc.${domain}, nor at a name above it`,
        effect: 'Google and Yahoo want one of everybody who sends 5,000 messages a day; Microsoft too',
        remedy: `Publish _dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${domain}"`,
      }),
    ];
  return [policyLine(domain, policy), await alignmentLine(policy, question)];
}

/** A record that does not count, where it is the domain's own, or no other is there. */
function wrongRecord(domain: string, { found, wrong }: TreeWalk & { kind: 'walked' }): CheckLine | undefined {
  const fault = wrong.find(({ name }) => name === domain) ?? (found.length === 0 ? wrong[0] : undefined);
  if (!fault) return undefined;
  return fails(
    { id: 'dmarc', about: 'DMARC' },
    {
      found: `The record at _dmarc.${fault.name} is wrong: ${fault.reason}`,
      effect: 'Receivers ignore the record: the domain has no policy, and large receivers refuse mail in bulk',
      remedy: `Publish one record: _dmarc.${fault.name} TXT "v=DMARC1; p=none; rua=mailto:postmaster@${fault.name}"`,
    },
  );
}

function policyLine(domain: string, { name, record }: Walked): CheckLine {
  const about = { id: 'dmarc', about: 'DMARC' };
  const policy = name === domain ? record.policy : record.subDomainPolicy;
  const from = name === domain ? '' : `, from ${name}`;
  const found = `p=${policy}${from}${record.reports.length > 0 ? `, reports to ${record.reports.join(' ')}` : ''}`;
  if (policy === 'none' || record.testing)
    return warns(about, {
      found: record.testing ? `${found}, not to be applied yet (t=y)` : found,
      effect: 'Mail of strangers in the name of the domain is delivered',
      remedy: record.testing
        ? 'When the reports show that all mail passes, take t=y out'
        : 'When the reports show that all mail passes, go on to p=quarantine and p=reject',
    });
  return record.percent < 100 ? informs(about, `${found}, for ${record.percent} % of mail`) : passes(about, found);
}

const SHOWN = 5;

/** What receivers would find, now, of what was sent in the last days. */
async function alignmentLine({ record }: Walked, { sent, alignment, signatures }: DmarcQuestion): Promise<CheckLine> {
  const about = { id: 'dmarc:alignment', about: 'DMARC alignment of what was sent' };
  const total = count(sent);
  if (total === 0) return informs(about, 'Nothing was sent in the last 7 days');
  const judged = await Promise.all(sent.map(async (mail) => ({ mail, ...(await alignment.judge(mail)) })));
  const by = (chosen: (each: (typeof judged)[number]) => boolean): number =>
    count(judged.filter((each) => chosen(each)).map(({ mail }) => mail));
  const says = `Of ${total} ${total === 1 ? 'message' : 'messages'} in the last 7 days ${by(({ dkim }) => dkim)} are aligned by DKIM, ${by(({ spf }) => spf)} by SPF`;
  const unseen = signatures === 'verify' ? '' : ', and the signatures do not verify (see DKIM)';
  const passing = judged.filter(({ dkim, spf }) => spf || (dkim && signatures === 'verify'));
  const failing = judged.filter((each) => !passing.includes(each)).map(({ mail }) => mail);
  if (failing.length === 0) return passes(about, says);
  const paths = new Set(failing.map(({ reversePathDomain }) => reversePathDomain || '<>'));
  const said = {
    found: `${says}${unseen}; ${count(failing)} pass by neither (reverse-path ${[...paths].slice(0, SHOWN).join(' ')})`,
    effect:
      record.policy === 'none'
        ? 'They fail DMARC; with another policy they are lost'
        : `They fail DMARC and are treated as p=${record.policy} says`,
    remedy:
      signatures === 'verify'
        ? 'Sign for the domain (postern domain show says with what), or send with a reverse-path of it that passes SPF'
        : 'Publish the records of the keys that sign',
  };
  // What was sent before the keys were there is past.
  return record.policy === 'none' ? warns(about, said) : fails(about, said);
}

function count(sent: readonly SentMail[]): number {
  return sent.reduce((sum, { messages }) => sum + messages, 0);
}
