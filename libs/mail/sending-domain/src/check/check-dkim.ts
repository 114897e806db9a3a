import { formatKeyRecord, keyRecordName, readKeyRecord } from '@postern/dkim';
import type { Resolver } from '@postern/dns';
import { keyName } from '../records.ts';
import type { Sight } from '../rotation.ts';
import type { DkimKey, SendingDomain } from '../sending-domain.ts';
import { type CheckLine, fails, informs, passes, unknown, warns } from './check-line.ts';

type Named = Pick<SendingDomain, 'name' | 'delegatedTo'>;

/** What the world sees of a key's record, for a rotation: whether it is there, and this very key. */
export async function sightOf(key: DkimKey, domain: Named, resolver: Pick<Resolver, 'txt'>): Promise<Sight> {
  const answer = await resolver.txt(keyRecordName(key.selector, domain.name));
  if (answer.kind === 'failed') return 'unknown';
  const [text, ...more] = answer.kind === 'found' ? answer.records : [];
  if (text === undefined || more.length > 0) return 'missing';
  const record = readKeyRecord(text);
  return record.kind === 'key' && record.text === key.publicKey ? 'seen' : 'missing';
}

/** What verifiers make of each key (RFC 6376 §6.1.2, RFC 8301 §3.2). */
export async function checkDkim(
  domain: Named & { readonly keys: readonly DkimKey[] },
  resolver: Pick<Resolver, 'txt'>,
): Promise<readonly CheckLine[]> {
  const lines = await Promise.all(
    domain.keys.filter(({ state }) => state !== 'revoked').map((key) => checkKey(key, domain, resolver)),
  );
  if (domain.keys.some(({ state }) => state === 'active')) return lines;
  const none = {
    found: 'No key signs for the domain',
    effect: 'Mail goes out unsigned: large receivers defer or refuse it',
    remedy: `postern domain rotate-key ${domain.name}`,
  };
  return [fails({ id: 'dkim', about: 'DKIM' }, none), ...lines];
}

async function checkKey(key: DkimKey, domain: Named, resolver: Pick<Resolver, 'txt'>): Promise<CheckLine> {
  const name = keyRecordName(key.selector, domain.name);
  const about = { id: `dkim:${key.selector}`, about: `DKIM ${key.selector}` };
  const answer = await resolver.txt(name);
  if (answer.kind === 'failed') return unknown(about, `${name} TXT`);
  const [text, ...more] = answer.kind === 'found' ? answer.records : [];
  const publish = publishing(key, domain);
  const effect = EFFECTS[key.state];
  if (text === undefined) {
    const found = `There is no record at ${name}`;
    return key.state === 'pending'
      ? warns(about, { found, effect, remedy: publish })
      : fails(about, { found, effect, remedy: publish });
  }
  const wrong = (found: string) => fails(about, { found, effect, remedy: publish });
  if (more.length > 0)
    return wrong(`There are ${more.length + 1} TXT records at ${name}; verifiers take any one of them`);
  const record = readKeyRecord(text);
  if (record.kind === 'invalid') return wrong(`The record cannot be used: ${record.reason}`);
  if (record.kind === 'revoked') return wrong('The record is empty (p=): it revokes the key');
  if (record.text !== key.publicKey) return wrong('The record holds another key than the one that signs');
  if (record.testing)
    return warns(about, {
      found: 'The record has the test flag (t=y)',
      effect: 'Receivers may treat signed mail as unsigned, and DMARC as not passed',
      remedy: 'Take t=y out of the record',
    });
  if (record.type === 'rsa' && record.bits < 2048)
    return warns(about, {
      found: `The key has ${record.bits} bits`,
      effect: 'Some receivers take no signature of less than 2048 bits',
      remedy: `postern domain rotate-key ${domain.name}`,
    });
  const says = `${record.type === 'rsa' ? `RSA, ${record.bits} bits` : 'Ed25519'}, ${key.state}`;
  return key.state === 'active' ? passes(about, says) : informs(about, says);
}

const EFFECTS: Readonly<Record<DkimKey['state'], string>> = {
  pending: 'The key does not sign before the world sees it',
  active: 'Its signatures do not verify: DMARC has SPF only to go by, and large receivers defer or refuse',
  retired: 'Mail that it signed, and that is on its way, does not verify',
  revoked: '',
};

function publishing(key: DkimKey, domain: Named): string {
  const record = `publish ${keyName(key, domain)} TXT "${formatKeyRecord(key)}"`;
  if (domain.delegatedTo === undefined) return record.replace('publish', 'Publish');
  return `Publish ${keyRecordName(key.selector, domain.name)} CNAME ${keyName(key, domain)}, and ${record}`;
}
