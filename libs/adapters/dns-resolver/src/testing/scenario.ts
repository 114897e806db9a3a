import { zoneServer, type ZoneServer } from '@postern/lab';
import { createResolver, type DnsResolver } from '../create-resolver.ts';
import type { ResolverOptions } from '../options.ts';

/** The zone that the tests ask about. */
export const RECORDS = `
  example.com.               300 MX    10 mx.example.com.
  example.com.               300 MX    20 MX2.example.com.
  example.com.                   TXT   "v=spf1 -all"
  mx.example.com.             60 A     127.0.0.2
  mx.example.com.            120 AAAA  ::1
  _25._tcp.mx.example.com.       TLSA  3 1 1 00ff
  _25._tcp.mx.example.com.       TLSA  \\# 0
  _25._tcp.mx.example.com.       TLSA  \\# 3 030101
  alias.example.com.          30 CNAME mx.example.com.
  dangling.example.com.          CNAME nowhere.example.com.
  loop.example.com.              CNAME loop2.example.com.
  loop2.example.com.             CNAME loop.example.com.
  null.example.com.              MX    0 .
  parts.example.com.             TXT   "v=STSv1; " "id=1;"
  2.0.0.127.in-addr.arpa.        PTR   mx.example.com.
  ${Array.from({ length: 20 }, (_, link) => `c${link}.example.com. CNAME c${link + 1}.example.com.`).join('\n')}
  c20.example.com.               A     127.0.0.3
`;

/** A zone server that has it, and resolvers that ask this server. */
export interface Scenario extends AsyncDisposable {
  readonly zones: ZoneServer;
  /** A resolver that works and does not wait long; a test changes the one thing that it is about. */
  resolver(options?: Partial<ResolverOptions>): DnsResolver;
}

export async function scenario(): Promise<Scenario> {
  const zones = await zoneServer({ records: RECORDS });
  const open: DnsResolver[] = [];
  return {
    zones,
    resolver(options = {}) {
      const quick = { timeoutMs: 250, attempts: 2, deadlineMs: 2_000 };
      const made = createResolver({ servers: [zones], trustAd: 'auto', ...quick, ...options });
      open.push(made);
      return made;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(open.map((each) => each.close()));
      await zones.close();
    },
  };
}
