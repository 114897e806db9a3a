import { createHash } from 'node:crypto';
import { type CertificateAuthority, type Leaf, selfSigned } from '@postern/lab';

const PAST = { notBefore: new Date(Date.now() - 9e8), notAfter: new Date(Date.now() - 1e8) };
const digest = (octets: Buffer, algorithm = 'sha256'): string => createHash(algorithm).update(octets).digest('hex');
const ee = ({ publicKeyDer }: Leaf): string => `3 1 1 ${digest(publicKeyDer)}`;
const zeros = '00'.repeat(32);

/** A mail host with its TLSA records, and what comes of mail to it. */
export interface Case {
  readonly says: string;
  /** The name under signed.example; its mail host is mx.<name>.signed.example. */
  readonly name: string;
  readonly certificate: Leaf | undefined;
  readonly tlsa: readonly string[];
  readonly end: RegExp | 'delivered';
  readonly applied?: string;
  readonly resultType?: string;
  /** More records, or others than the usual ones. */
  readonly records?: string;
}

/** What each case says, in their order: `c1`, `c2` … */
export const LIST = [
  '3 1 1 of a certificate that signs itself, of no name and expired',
  '3 0 2 of a good certificate',
  '3 1 1 of another key',
  '2 1 1 of the authority, with the authority presented',
  '2 1 1 of the authority, which is not presented',
  '2 0 1 of an authority that is presented and has signed nothing',
  '2 1 1 and a certificate of another name',
  '2 1 1 and a certificate of the domain',
  '2 1 1 and an expired certificate',
  'usages 0 and 1, and a certificate that proves nothing',
  'usages 0 and 1, and no TLS',
  'a usable record, and no TLS',
  'a rollover: the record of the next key beside that of this one',
  'RDATA of 19 octets, and a certificate that proves nothing',
  'RDATA of 19 octets beside a record that matches',
  'records below an alias of the host',
  'records of the host itself, whose alias leads to a host without',
] as const;

/** The cases, and the zones in which they are. */
export async function daneCases({ ca, port }: { readonly ca: CertificateAuthority; readonly port: number }) {
  const of = (name: string) => `mx.${name}.signed.example`;
  const withRoot = async (leaf: Leaf): Promise<Leaf> => ({ ...leaf, chain: leaf.chain + leaf.root });
  const [own, bad] = [await selfSigned(['nobody.example'], PAST), await selfSigned(['nobody.example'])];
  const good = async (name: string) => ca.issue([of(name)]);
  const ta = `2 1 1 ${digest(ca.publicKeyDer)}`;
  const c2 = await good('c2');
  const c13 = await good('c13');
  const c16 = await ca.issue(['real.signed.example']);
  const c17 = await ca.issue(['mx.c17.signed.example']);
  const make = (index: number, rest: Omit<Case, 'says' | 'name'>): Case => ({
    says: LIST[index - 1] ?? '',
    name: `c${index}`,
    ...rest,
  });
  const cases: readonly Case[] = [
    make(1, { certificate: own, tlsa: [ee(own)], end: 'delivered', applied: 'dane' }),
    make(2, { certificate: c2, tlsa: [`3 0 2 ${digest(c2.der, 'sha512')}`], end: 'delivered', applied: 'dane' }),
    make(3, {
      certificate: await good('c3'),
      tlsa: [`3 1 1 ${zeros}`],
      end: /4\.7\.5.*TLSA records of mx\.c3/,
      resultType: 'validation-failure',
    }),
    make(4, { certificate: await withRoot(await good('c4')), tlsa: [ta], end: 'delivered', applied: 'dane' }),
    make(5, { certificate: await good('c5'), tlsa: [ta], end: /4\.7\.5/, resultType: 'validation-failure' }),
    make(6, {
      certificate: { ...own, chain: own.chain + ca.certificate },
      tlsa: [`2 0 1 ${digest(ca.der)}`],
      end: /4\.7\.5/,
      resultType: 'validation-failure',
    }),
    make(7, {
      certificate: await withRoot(await ca.issue(['other.example'])),
      tlsa: [ta],
      end: /4\.7\.5/,
      resultType: 'certificate-host-mismatch',
    }),
    make(8, {
      certificate: await withRoot(await ca.issue(['c8.signed.example'])),
      tlsa: [ta],
      end: 'delivered',
      applied: 'dane',
    }),
    make(9, {
      certificate: await withRoot(await ca.issue([of('c9')], PAST)),
      tlsa: [ta],
      end: /4\.7\.5/,
      resultType: 'certificate-expired',
    }),
    make(10, { certificate: bad, tlsa: [`0 1 1 ${zeros}`, `1 1 1 ${zeros}`], end: 'delivered', applied: 'dane' }),
    make(11, {
      certificate: undefined,
      tlsa: [`0 1 1 ${zeros}`, `1 1 1 ${zeros}`],
      end: /4\.7\.5/,
      resultType: 'starttls-not-supported',
    }),
    make(12, {
      certificate: undefined,
      tlsa: [`3 1 1 ${zeros}`],
      end: /4\.7\.5/,
      resultType: 'starttls-not-supported',
    }),
    make(13, { certificate: c13, tlsa: [`3 1 1 ${zeros}`, ee(c13)], end: 'delivered', applied: 'dane' }),
    make(14, {
      certificate: bad,
      tlsa: [],
      records: raw('c14', [`030101${'ab'.repeat(16)}`]),
      end: 'delivered',
      applied: 'dane',
    }),
    make(15, {
      certificate: bad,
      tlsa: [ee(bad)],
      records: raw('c15', [`030101${'ab'.repeat(16)}`]),
      end: 'delivered',
      applied: 'dane',
    }),
    make(16, {
      certificate: c16,
      tlsa: [],
      records: `mx.c16.signed.example. CNAME real.signed.example.\nreal.signed.example. A ADDRESS\n_25._tcp.real.signed.example. TLSA ${ee(c16)}`,
      end: 'delivered',
      applied: 'dane',
    }),
    make(17, {
      certificate: c17,
      tlsa: [ee(c17)],
      records: 'mx.c17.signed.example. CNAME mx17.plain.example.',
      end: 'delivered',
      applied: 'dane',
    }),
  ];
  const records = cases.map(({ name, tlsa, records: more = '' }, index) => {
    const address = `127.0.8.${index + 1}`;
    const isAlias = more.includes(`${of(name)}. CNAME`);
    return (
      [
        `${name}.signed.example. MX 10 ${of(name)}.`,
        ...(isAlias ? [] : [`${of(name)}. A ${address}`]),
        ...tlsa.map((each) => `_25._tcp.${of(name)}. TLSA ${each}`),
        more.replace('ADDRESS', address),
      ]
        .join('\n')
        // posttls-finger looks under the port that it dials.
        .replaceAll(/^_25\._tcp(.*)$/gm, `$&\n_${port}._tcp$1`)
    );
  });
  const common = (zone: string) => `
      ${zone}. MX 10 mx.${zone}.
      mx.${zone}. A 127.0.8.100
      _25._tcp.mx.${zone}. TLSA 3 1 1 ${zeros}`;
  const zones = {
    'signed.example': {
      security: 'signed' as const,
      records: `${records.join('\n')}
          away.signed.example. MX 10 mx.plain.example.
          implicit.signed.example. A 127.0.8.102
          _25._tcp.implicit.signed.example. TLSA 3 1 1 ${zeros}
          mixed.signed.example. MX 10 mx.bogus.example.
          mixed.signed.example. MX 20 mx.c2.signed.example.`,
    },
    'plain.example': {
      security: 'unsigned' as const,
      records: `${common('plain.example')}
          mx17.plain.example. A 127.0.8.17
          into.plain.example. MX 10 mx.c3.signed.example.`,
    },
    'bogus.example': { security: 'bogus' as const, records: common('bogus.example') },
  };
  return { cases, zones };
}

/** TLSA records of any RDATA, in the notation of RFC 3597. */
function raw(name: string, rdata: readonly string[]): string {
  return rdata.map((hex) => `_25._tcp.mx.${name}.signed.example. TYPE52 \\# ${hex.length / 2} ${hex}`).join('\n');
}
