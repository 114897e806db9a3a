/** The header fields by which a browser tells where a request comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly secFetchSite: string | undefined;
}

/**
 * Whether a request that would change something was made by another site's page.
 *
 * Browsers say so themselves in Sec-Fetch-Site, which no page can set (Fetch Metadata §2.3). One that does not know the
 * field sends Origin (RFC 6454 §7.3), which must be the host that was asked. Neither comes from a program, which holds no
 * cookie that it was not given.
 */
export function isCrossSite({ method, host, origin, secFetchSite }: RequestOrigin): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  if (secFetchSite !== undefined) return secFetchSite !== 'same-origin' && secFetchSite !== 'none';
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}
