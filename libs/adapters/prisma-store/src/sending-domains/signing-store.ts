import type { SigningStore, StoredSigningDomain, StoredSigningKey } from '@postern/sending-domain';
import type { Pool } from 'pg';
import { texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** The keys that sign, by pg: accepting asks for them. */
export function signingStore(pool: Pool): SigningStore {
  return {
    signingDomains: async (names) => gather(await run<Row>(pool, SIGNING_DOMAINS, [texts(names)])),
  };
}

type Row = readonly [
  name: string,
  subDomains: boolean,
  signedFields: readonly string[],
  keyId: string | null,
  selector: string | null,
  algorithm: StoredSigningKey['algorithm'] | null,
  privateKey: Buffer | null,
];

/** A row for each key that signs, or one for a domain without any. */
const SIGNING_DOMAINS: Statement = {
  name: 'signing-domains',
  text: `
    select d.name, d.sub_domains, to_json(d.signed_fields), k.id, k.selector, k.algorithm, k.private_key
    from sending_domains d left join dkim_keys k on k.domain_id = d.id and k.state = 'active'
    where d.name = any($1::text[]) order by d.name, k.algorithm, k.activated_at`,
};

function gather(rows: readonly Row[]): readonly StoredSigningDomain[] {
  const domains = new Map<string, StoredSigningDomain & { readonly keys: StoredSigningKey[] }>();
  for (const [name, subDomains, signedFields, id, selector, algorithm, sealedPrivateKey] of rows) {
    const domain = domains.get(name) ?? { name, subDomains, signedFields, keys: [] };
    domains.set(name, domain);
    if (id !== null && selector !== null && algorithm !== null && sealedPrivateKey !== null)
      domain.keys.push({ id, selector, algorithm, sealedPrivateKey });
  }
  return [...domains.values()];
}
