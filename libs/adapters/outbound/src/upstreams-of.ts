import type { Upstream } from '@postern/delivery';
import type { StoredRoute } from '@postern/prisma-store';

/** RFC 8314 §3.3: the port of submission with TLS from the start. */
const IMPLICIT_TLS_PORT = 465;

/** The smarthosts of a route as it is stored, by preference. */
export function upstreamsOf({ kind, host, port, implicitTls, moreHosts }: StoredRoute): readonly Upstream[] {
  if (kind !== 'smarthost') return [];
  return [{ host, port, preference: 0 }, ...moreHosts]
    .map((each) => ({ ...each, implicitTls: implicitTls || each.port === IMPLICIT_TLS_PORT }))
    .toSorted((a, b) => a.preference - b.preference);
}
