import { keyRecordName, readKeyRecord, signaturesOf } from '@postern/dkim';
import { Alignment, type SentMail } from '../dmarc/alignment.ts';
import { addressesOf, sourceGroups } from '../sources.ts';
import { asItLeaves, type CheckWorld } from './check-domain.ts';
import { type CheckLine, fails, passes, unknown, warns } from './check-line.ts';
import { patient } from './patient.ts';

/** What receivers look at in one message to find whether it is its author's. */
export interface SentMessage {
  readonly mail: SentMail;
  /** The fields that we put above its content: our signatures among them. */
  readonly traceFields: Buffer;
}

/** The keys of a sending domain of ours; undefined when it is none. */
export type KeysOf = (
  domain: string,
) => Promise<readonly { readonly selector: string; readonly publicKey: string }[] | undefined>;

const PATIENCE_MS = 15_000;

/** Whether receivers that look now find a message signed, and its author's (RFC 6376 §6.1, RFC 9989 §4.4). */
export async function checkMessage(
  { mail: given, traceFields }: SentMessage,
  { resolver: asked, sources, keysOf }: Pick<CheckWorld, 'resolver' | 'sources'> & { readonly keysOf: KeysOf },
): Promise<readonly CheckLine[]> {
  const resolver = patient(asked, PATIENCE_MS);
  const signatures = signaturesOf(traceFields);
  const seen = await Promise.all(
    signatures.map(async ({ domain, selector, algorithm }): Promise<CheckLine> => {
      const about = { id: `signature:${selector}`, about: `Signature ${selector} of ${domain}` };
      const name = keyRecordName(selector, domain);
      const answer = await resolver.txt(name);
      if (answer.kind === 'failed') return unknown(about, `${name} TXT`);
      const record = answer.kind === 'found' ? readKeyRecord(answer.records[0] ?? '') : undefined;
      const own = (await keysOf(domain))?.find((key) => key.selector === selector);
      if (record?.kind === 'key' && record.text === own?.publicKey)
        return passes(about, `${algorithm}; the world sees the key that made it`);
      return fails(about, {
        found: record?.kind === 'key' ? `${name} holds another key` : `There is no key at ${name}`,
        effect: 'It does not verify: receivers take the message for unsigned',
        remedy: `Publish the record that postern domain show ${domain} prints`,
      });
    }),
  );
  const mail = asItLeaves(given, sources);
  const addresses = addressesOf(await sourceGroups(sources, resolver));
  const { dkim, spf } = await new Alignment(resolver, addresses).judge(mail);
  const verified = seen.some(({ status }) => status === 'pass');
  return [signatures.length === 0 ? unsigned(mail) : seen, alignedBy(mail, { dkim: dkim && verified, spf })].flat();
}

function unsigned({ author }: SentMail): CheckLine {
  return warns(
    { id: 'signature', about: 'Signature' },
    {
      found: 'The message was not signed',
      effect: 'Large receivers defer or refuse mail that is neither signed nor passes SPF',
      remedy: `Add the domain of its author: postern domain add ${author}`,
    },
  );
}

function alignedBy({ author, reversePathDomain }: SentMail, { dkim, spf }: { dkim: boolean; spf: boolean }): CheckLine {
  const about = { id: 'alignment', about: `Alignment with ${author}` };
  const by = [dkim ? 'DKIM' : '', spf ? 'SPF' : ''].filter((each) => each !== '');
  if (by.length > 0) return passes(about, `by ${by.join(' and ')}`);
  return fails(about, {
    found: `Neither a signature nor the reverse-path (${reversePathDomain || '<>'}) is ${author}'s and passes`,
    effect: 'It fails DMARC: receivers do with it what the policy of the domain says',
    remedy: 'Publish the records of the domain, and send with a reverse-path of it',
  });
}
