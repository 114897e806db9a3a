import type { DnsRecord } from './records.ts';

const TTL_SECONDS = 3600;
/** RFC 1035 §3.3: a character string has at most 255 octets; a TXT record has several. */
const STRING_OCTETS = 255;

/** The records as lines of a zone file (RFC 1035 §5.1). */
export function zoneFile(records: readonly DnsRecord[]): string {
  return records
    .map(({ name, type, value, note }) => {
      const data = type === 'TXT' ? strings(value).map(quoted).join(' ') : `${value}.`;
      return `${note === undefined ? '' : `; ${note}\n`}${name}. ${TTL_SECONDS} IN ${type} ${data}\n`;
    })
    .join('');
}

/** The records as resources of Terraform's DNS provider; others take the same zone, name and value. */
export function terraform(records: readonly DnsRecord[]): string {
  return records.map(resource).join('\n');
}

function resource({ zone, name, type, value }: DnsRecord): string {
  const label = name.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  const relative = name === zone ? '@' : name.slice(0, -zone.length - 1);
  const lines = [
    `resource "${type === 'TXT' ? 'dns_txt_record_set' : 'dns_cname_record'}" "${type.toLowerCase()}_${label}" {`,
    `  zone = ${json(`${zone}.`)}`,
    ...(relative === '@' ? [] : [`  name = ${json(relative)}`]),
    type === 'TXT' ? `  txt  = [${json(value)}]` : `  cname = ${json(`${value}.`)}`,
    `  ttl  = ${TTL_SECONDS}`,
    '}',
    '',
  ];
  return lines.join('\n');
}

/** A string of HCL: as JSON, with its own sequences escaped. */
function json(text: string): string {
  return JSON.stringify(text).replaceAll(/([$%])\{/g, '$1$1{');
}

function strings(value: string): readonly string[] {
  return value.match(new RegExp(`.{1,${STRING_OCTETS}}`, 'gs')) ?? [''];
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
