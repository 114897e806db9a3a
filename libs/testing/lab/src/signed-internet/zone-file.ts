import { readRecords, type ZoneRecord } from '../zone-server/zone-record.ts';

/** A delegation from the root, with the DS records that vouch for the zone; none make it an insecure one (RFC 4035 §5.2). */
export interface Delegation {
  readonly zone: string;
  readonly ds: readonly string[];
}

/** A zone's master file (RFC 1035 §5). `records` are lines as `readRecords` reads them. */
export function zoneFile(zone: string, records: string, delegations: readonly Delegation[] = []): string {
  const apex = zone === '.' ? '.' : `${zone}.`;
  return [
    '$TTL 300',
    `${apex} SOA ns.lab-root. hostmaster.lab-root. 1 3600 600 86400 60`,
    `${apex} NS ns.lab-root.`,
    ...(zone === '.' ? ['ns.lab-root. A 127.0.0.1'] : []),
    ...delegations.flatMap(({ zone: child, ds }) => [`${child}. NS ns.lab-root.`, ...ds]),
    ...readRecords(records).map(writeRecord),
    '',
  ].join('\n');
}

function writeRecord({ name, ttl, type, data }: ZoneRecord): string {
  const raw = /^UNKNOWN_(\d+)$/.exec(type);
  const rdata =
    raw && Buffer.isBuffer(data) ? `\\# ${data.length} ${data.toString('hex')}` : (WRITE[type]?.(data) ?? '');
  return `${name}. ${ttl} ${raw ? `TYPE${raw[1]}` : type} ${rdata}`;
}

const absolute = (data: unknown): string => (data === '.' ? '.' : `${String(data)}.`);
const field = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data ? Reflect.get(data, name) : '';

const WRITE: Readonly<Record<string, (data: unknown) => string>> = {
  A: String,
  AAAA: String,
  NS: absolute,
  CNAME: absolute,
  PTR: absolute,
  MX: (data) => `${String(field(data, 'preference'))} ${absolute(field(data, 'exchange'))}`,
  TXT: (data) => (Array.isArray(data) ? data.map(quoted).join(' ') : ''),
  TLSA: (data) =>
    [
      ...['usage', 'selector', 'matchingType'].map((name) => String(field(data, name))),
      (field(data, 'certificate') as Buffer).toString('hex'),
    ].join(' '),
};

function quoted(octets: Buffer): string {
  return `"${octets.toString('latin1').replace(/[^\x20-\x7e]|["\\;]/g, decimalEscape)}"`;
}

function decimalEscape(character: string): string {
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
}
