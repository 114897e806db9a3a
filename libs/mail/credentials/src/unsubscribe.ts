import { createHmac } from 'node:crypto';

/** What a template may be, for those who are told that theirs is none. */
export const UNSUBSCRIBE_RULE =
  'an https: or mailto: URI with {token} in it: https://example.org/u?r={recipient}&t={token}';

const MAX_TEMPLATE = 400;
/** A URI stands in one line of the header section, which has 998 octets at most (RFC 5322 §2.1.1). */
const MAX_URI = 800;
const PLACE = /\{([^{}]*)\}/g;

/**
 * Reads where recipients unsubscribe: a URI of the operator's with places for the recipient and a token (RFC 2369 §3.2,
 * RFC 8058 §3.1); undefined when it is none. A URI without a token would let anybody unsubscribe others.
 */
export function readUnsubscribeTemplate(text: string): string | undefined {
  if (text.length > MAX_TEMPLATE || !/^[!#-;=?-[\]_a-~]+$/.test(text)) return undefined;
  const places = [...text.matchAll(PLACE)].map(([, name]) => name);
  if (!places.includes('token') || places.some((name) => name !== 'token' && name !== 'recipient')) return undefined;
  const example = text.replaceAll(PLACE, 'x');
  if (/[{}]/.test(example) || !URL.canParse(example)) return undefined;
  const { protocol, host, username, password, pathname } = new URL(example);
  if (protocol === 'mailto:') return pathname.includes('@') ? text : undefined;
  // What is put in must not choose the host.
  const front = /^https:\/\/[^/?#]+/i.exec(text)?.[0] ?? '{';
  const own = protocol === 'https:' && host !== '' && username === '' && password === '';
  return own && !front.includes('{') ? text : undefined;
}

/** What the tokens of a credential are made with, for its operator to check them with. */
export function unsubscribeKey(installationKey: Buffer, credentialId: string): string {
  return createHmac('sha256', installationKey).update(credentialId).digest('hex');
}

/** Proves that a link was made for a recipient: HMAC with SHA-256 of its address, base64url. */
function unsubscribeToken(key: string, recipient: string): string {
  return createHmac('sha256', key).update(recipient).digest('base64url');
}

/** The URI for one recipient; undefined when it would be too long for a line. */
export function unsubscribeUri(
  template: string,
  { key, recipient }: { readonly key: string; readonly recipient: string },
): string | undefined {
  const values: Readonly<Record<string, string>> = {
    token: unsubscribeToken(key, recipient),
    recipient: encodeURIComponent(recipient),
  };
  const uri = template.replaceAll(PLACE, (_, name: string) => values[name] ?? '');
  return uri.length > MAX_URI ? undefined : uri;
}
