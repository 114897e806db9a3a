import {
  parseCredentialName,
  parseSenderRule,
  type CredentialName,
  type CredentialState,
  type CredentialStore,
  type CredentialUse,
  type CredentialWithSecrets,
  type ListedNetwork,
  type SenderRule,
} from '@postern/credentials';
import type { Pool } from 'pg';
import { instants, texts, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Who may submit, as the listeners ask for it. */
export function credentialStore(pool: Pool): CredentialStore {
  return {
    findByName: async (name) => gather(await run<CredentialRow>(pool, FIND_BY_NAME, [name])),
    touch: async (uses) => void (uses.length > 0 && (await run(pool, TOUCH, latest(uses)))),
    networksOf: async (address) => (await run<NetworkRow>(pool, NETWORKS_OF, [inet(address)])).map(networkOf),
  };
}

type CredentialRow = readonly [
  id: string,
  name: string,
  state: CredentialState,
  expiresAt: Date | null,
  senderRules: readonly string[],
  networks: readonly string[],
  hash: Buffer | null,
  hashExpiresAt: Date | null,
];

/** A row for each secret of the credential, or one without any. */
const FIND_BY_NAME: Statement = {
  name: 'find-credential',
  text: `
    select c.id, c.name, c.state, c.expires_at, to_json(c.sender_rules), to_json(c.networks), s.hash, s.expires_at
    from credentials c left join credential_secrets s on s.credential_id = c.id where c.name = $1::text`,
};

function gather(rows: readonly CredentialRow[]): CredentialWithSecrets | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const [id, name, state, expiresAt, senderRules, networks] = first;
  const secrets = rows.flatMap(([, , , , , , hash, hashExpiresAt]) =>
    hash ? [{ hash, expiresAt: hashExpiresAt ?? undefined }] : [],
  );
  const rules = senderRulesOf(senderRules);
  return { id, name: nameOf(name), state, expiresAt: expiresAt ?? undefined, senderRules: rules, networks, secrets };
}

type NetworkRow = readonly [id: string, cidr: string, senderRules: readonly string[]];

const NETWORKS_OF: Statement = {
  name: 'networks-of',
  text: `
    select id, cidr, to_json(sender_rules) from listed_networks
    where cidr::inet >>= $1::text::inet order by masklen(cidr::inet) desc`,
};

function networkOf([id, cidr, senderRules]: NetworkRow): ListedNetwork {
  return { id, cidr, senderRules: senderRulesOf(senderRules) };
}

/** An address as `inet` takes it: without a zone, and IPv4 as IPv4 where a dual-stack socket reports it mapped. */
function inet(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

const TOUCH: Statement = {
  name: 'touch-credentials',
  text: `
    update credentials c set last_used_at = u.at, last_used_from = u.address
    from unnest($1::uuid[], $2::timestamptz[], $3::text[]) u (id, at, address)
    where c.id = u.id and (c.last_used_at is null or c.last_used_at < u.at)`,
};

/** Of each credential its latest use, in one order for all who write them. */
function latest(uses: readonly CredentialUse[]): Buffer[] {
  const byId = new Map<string, CredentialUse>();
  for (const use of uses) {
    const known = byId.get(use.credentialId);
    if (!known || known.at <= use.at) byId.set(use.credentialId, use);
  }
  const rows = [...byId.values()].sort((a, b) => (a.credentialId < b.credentialId ? -1 : 1));
  return [
    uuids(rows.map(({ credentialId }) => credentialId)),
    instants(rows.map(({ at }) => at)),
    texts(rows.map(({ clientAddress }) => clientAddress)),
  ];
}

/** Rules are stored in the form that was parsed; one that is none any more allows nothing. */
function senderRulesOf(texts_: readonly string[]): readonly SenderRule[] {
  return texts_.map(parseSenderRule).filter((rule) => rule !== undefined);
}

function nameOf(text: string): CredentialName {
  const name = parseCredentialName(text);
  if (name === undefined) throw new TypeError(`the store holds a credential with the name ${JSON.stringify(text)}`);
  return name;
}
