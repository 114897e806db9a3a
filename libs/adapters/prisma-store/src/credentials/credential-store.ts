import {
  parseCredentialName,
  type CredentialName,
  type CredentialState,
  type CredentialStore,
  type CredentialWithSecrets,
  type ListedNetwork,
} from '@postern/credentials';
import { parseScramVerifier } from '@postern/sasl';
import { parseMailbox } from '@postern/smtp';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { SETTINGS, settingsOf, type SettingsColumn } from './submitter-settings.ts';
import { retireUnusedSecrets, touch } from './touch.ts';

/** Who may submit, as the listeners ask for it. */
export function credentialStore(pool: Pool): CredentialStore {
  return {
    findByName: async (name) => gather(await run<CredentialRow>(pool, FIND_BY_NAME, [name])),
    findByIdentity: async ({ kind, value }) => gather(await run<CredentialRow>(pool, FIND_BY_IDENTITY, [kind, value])),
    hasCertificates: async () => (await run<readonly [boolean]>(pool, HAS_CERTIFICATES, []))[0]?.[0] ?? false,
    touch: (uses) => touch(pool, uses),
    networksOf: async (address) => (await run<NetworkRow>(pool, NETWORKS_OF, [inet(address)])).map(networkFrom),
    retireUnusedSecrets: () => retireUnusedSecrets(pool),
  };
}

type CredentialRow = readonly [
  id: string,
  name: string,
  state: CredentialState,
  expiresAt: Date | null,
  senderRules: readonly string[],
  networks: readonly string[],
  settings: SettingsColumn,
  unsubscribe: string | null,
  secretId: string | null,
  hash: Buffer | null,
  hashExpiresAt: Date | null,
  scram: string | null,
];

/** A row for each secret of the credential, or one without any. */
const CREDENTIAL = `
    select t.id, t.name, t.state, t.expires_at, to_json(t.sender_rules), to_json(t.networks), ${SETTINGS},
      (select u.uri from unsubscribe_links u where u.credential_id = t.id),
      s.id, s.hash, s.expires_at, s.scram
    from credentials t left join routes r on r.id = t.route_id left join credential_secrets s on s.credential_id = t.id`;

const FIND_BY_NAME: Statement = { name: 'find-credential', text: `${CREDENTIAL} where t.name = $1::text` };

const FIND_BY_IDENTITY: Statement = {
  name: 'find-credential-by-identity',
  text: `${CREDENTIAL} where t.id =
    (select credential_id from credential_identities where kind = $1::text::identity_kind and value = $2::text)`,
};

const HAS_CERTIFICATES: Statement = {
  name: 'has-certificates',
  text: `
    select exists (select from credential_identities i join credentials c on c.id = i.credential_id
                   where i.kind in ('certificate', 'subject') and c.state = 'active')`,
};

function gather(rows: readonly CredentialRow[]): CredentialWithSecrets | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const [id, name, state, expiresAt, senderRules, networks, settings, unsubscribe] = first;
  const secrets = rows.flatMap(([, , , , , , , , secretId, hash, hashExpiresAt, scram]) =>
    secretId && hash
      ? [
          {
            id: secretId,
            hash,
            expiresAt: hashExpiresAt ?? undefined,
            scram: scram === null ? undefined : parseScramVerifier(scram),
          },
        ]
      : [],
  );
  return {
    ...settingsOf(id, senderRules, settings),
    name: nameOf(name),
    state,
    expiresAt: expiresAt ?? undefined,
    networks,
    unsubscribe: unsubscribe ?? undefined,
    secrets,
  };
}

type NetworkRow = readonly [
  id: string,
  cidr: string,
  senderRules: readonly string[],
  rewriteFrom: string | null,
  settings: SettingsColumn,
];

const NETWORKS_OF: Statement = {
  name: 'networks-of',
  text: `
    select t.id, t.cidr, to_json(t.sender_rules), t.rewrite_from, ${SETTINGS}
    from listed_networks t left join routes r on r.id = t.route_id
    where t.cidr::inet >>= $1::text::inet order by masklen(t.cidr::inet) desc`,
};

function networkFrom([id, cidr, senderRules, rewriteFrom, settings]: NetworkRow): ListedNetwork {
  const from = rewriteFrom === null ? undefined : parseMailbox(rewriteFrom, { smtpUtf8: true });
  return { ...settingsOf(id, senderRules, settings), cidr, rewriteFrom: from };
}

/** An address as `inet` takes it: without a zone, and IPv4 as IPv4 where a dual-stack socket reports it mapped. */
function inet(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

function nameOf(text: string): CredentialName {
  const name = parseCredentialName(text);
  if (name === undefined) throw new TypeError(`the store holds a credential with the name ${JSON.stringify(text)}`);
  return name;
}
