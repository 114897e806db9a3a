import type { MailRoute } from '@postern/admin-contract';

export const KIND_WORDS: Readonly<Record<MailRoute['kind'], string>> = {
  smarthost: 'to a smarthost',
  discard: 'dropped, as if delivered',
  fail: 'refused, as if bounced',
};

export const KIND_SAYS: Readonly<Record<MailRoute['kind'], string>> = {
  smarthost: 'Its mail goes to a smarthost instead of the recipients’ mail hosts.',
  discard: 'Its mail is dropped, and counts as delivered.',
  fail: 'Its mail is refused, and its senders get a DSN.',
};

export const TLS_WORDS: Readonly<Record<MailRoute['tls'], string>> = {
  opportunistic: 'encrypted where it offers that',
  required: 'encrypted, whoever it is',
  verify: 'encrypted, and its name proved',
  dane: 'encrypted, and its key proved by DANE',
};

/** `host:port`, the first choice first. */
export function hostsOf(route: MailRoute): readonly string[] {
  if (route.host === '') return [];
  const more = [...route.moreHosts].sort((a, b) => a.preference - b.preference);
  return [`${route.host}:${route.port}`, ...more.map(({ host, port }) => `${host}:${port}`)];
}
