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
import { parseScramVerifier } from '@postern/sasl';
import { parseMailbox } from '@postern/smtp';
import type { Pool } from 'pg';
import { instants, texts, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Who may submit, as the listeners ask for it. */
export function credentialStore(pool: Pool): CredentialStore {
  return {
    findByName: async (name) => gather(await run<CredentialRow>(pool, FIND_BY_NAME, [name])),
    findByIdentity: async ({ kind, value }) => gather(await run<CredentialRow>(pool, FIND_BY_IDENTITY, [kind, value])),
    hasCertificates: async () => (await run<readonly [boolean]>(pool, HAS_CERTIFICATES, []))[0]?.[0] ?? false,
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
  scram: string | null,
];

/** A row for each secret of the credential, or one without any. */
const CREDENTIAL = `
    select c.id, c.name, c.state, c.expires_at, to_json(c.sender_rules), to_json(c.networks), s.hash, s.expires_at, s.scram
    from credentials c left join credential_secrets s on s.credential_id = c.id`;

const FIND_BY_NAME: Statement = { name: 'find-credential', text: `${CREDENTIAL} where c.name = $1::text` };

const FIND_BY_IDENTITY: Statement = {
  name: 'find-credential-by-identity',
  text: `${CREDENTIAL} where c.id =
    (select credential_id from credential_identities where kind = $1::text::identity_kind and value = $2::text)`,
};

const HAS_CERTIFICATES: Statement = {
  name: 'has-certificates',
  text: `
    select exists (select from credential_identities i join credentials c on c.id = i.credential_id
                   where i.kind = 'certificate' and c.state = 'active')`,
};

function gather(rows: readonly CredentialRow[]): CredentialWithSecrets | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const [id, name, state, expiresAt, senderRules, networks] = first;
  const secrets = rows.flatMap(([, , , , , , hash, hashExpiresAt, scram]) =>
    hash
      ? [{ hash, expiresAt: hashExpiresAt ?? undefined, scram: scram === null ? undefined : parseScramVerifier(scram) }]
      : [],
  );
  const rules = senderRulesOf(senderRules);
  return { id, name: nameOf(name), state, expiresAt: expiresAt ?? undefined, senderRules: rules, networks, secrets };
}

type NetworkRow = readonly [id: string, cidr: string, senderRules: readonly string[], rewriteFrom: string | null];

const NETWORKS_OF: Statement = {
  name: 'networks-of',
  text: `
    select id, cidr, to_json(sender_rules), rewrite_from from listed_networks
    where cidr::inet >>= $1::text::inet order by masklen(cidr::inet) desc`,
};

function networkOf([id, cidr, senderRules, rewriteFrom]: NetworkRow): ListedNetwork {
  const from = rewriteFrom === null ? undefined : parseMailbox(rewriteFrom, { smtpUtf8: true });
  return { id, cidr, senderRules: senderRulesOf(senderRules), rewriteFrom: from };
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
