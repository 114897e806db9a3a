/** Fields that belong to one connection and are not passed on (RFC 9110 §7.6.1); `connection` names more of them. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Fields that the framework uses between its own parts, which the API has no business with. */
const OURS = /^(x-middleware-|x-nextjs-|x-invoke-|x-matched-path$|x-postern-|next-|rsc$)/;

/**
 * The header fields of a request or a response that are passed on, in order, each value as it came.
 *
 * `Origin`, `Host` and `Cookie` stay: the API tells by them whether a request comes from the console's own pages.
 * `X-Forwarded-For` stays too: server.mjs has put the peer's address at its end before anyone could read it.
 */
export function forwardedHeaders(fields: Iterable<readonly [string, string]>): [string, string][] {
  const all = [...fields].map(([name, value]) => [name.toLowerCase(), value] as [string, string]);
  const named = all.filter(([name]) => name === 'connection').flatMap(([, value]) => value.split(','));
  const dropped = new Set([...HOP_BY_HOP, ...named.map((name) => name.trim().toLowerCase())]);
  return all.filter(([name]) => !dropped.has(name) && !OURS.test(name));
}

/** The header fields of an answer as pairs, from the flat list that Node gives. */
export function pairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as [string, string]] : []));
}
