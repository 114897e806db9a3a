/** Where a domain wants its TLS reports. */
export type ReportRecord =
  | { readonly kind: 'destinations'; readonly destinations: readonly ReportDestination[] }
  | { readonly kind: 'none'; readonly because: string };

export type ReportDestination =
  { readonly kind: 'mail'; readonly address: string } | { readonly kind: 'https'; readonly url: string };

/** How many destinations of one record are served. */
const MAX_DESTINATIONS = 10;

/**
 * Reads the TXT records at `_smtp._tls.<domain>` (RFC 8460 §3). Records that do not begin with `v=TLSRPTv1;` are none of ours;
 * unless exactly one remains and it can be read, nobody wants reports.
 */
export function readReportRecord(texts: readonly string[]): ReportRecord {
  const ours = texts.filter((text) => /^v=TLSRPTv1[ \t]*;/.test(text));
  const [text] = ours;
  if (text === undefined || ours.length > 1) return none(`there are ${ours.length} records of the version TLSRPTv1`);
  if (text.length > 4_096) return none('the record is too long');
  const fields = text
    .split(';')
    .slice(1)
    .map((field) => field.trim());
  const rua = fields.find((field) => field.startsWith('rua='))?.slice('rua='.length);
  if (rua === undefined) return none('the record has no rua');
  const destinations = rua
    .split(',')
    .slice(0, MAX_DESTINATIONS)
    .map((uri) => readDestination(uri.trim()))
    .filter((destination) => destination !== undefined);
  return destinations.length === 0 ? none('no rua can be used') : { kind: 'destinations', destinations };
}

function readDestination(uri: string): ReportDestination | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  if (url.protocol === 'mailto:') {
    const address = decoded(url.pathname);
    return address !== undefined && /^[\x21-\x7e]+@[A-Za-z0-9.-]+$/.test(address)
      ? { kind: 'mail', address }
      : undefined;
  }
  const usable = url.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '';
  return usable ? { kind: 'https', url: url.href } : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function none(because: string): ReportRecord {
  return { kind: 'none', because };
}
