import type { DomainChanges, DomainReads } from '@postern/administration';
import type { DkimKey, KnownSendingDomain, NewDkimKey } from '@postern/sending-domain';
import { type Domain, parseDomain } from '@postern/smtp';
import type { DkimKey as KeyRow, SendingDomain as Row } from '../generated/client.ts';
import { bulkFacts } from './bulk-facts.ts';
import type { Db } from './client.ts';
import { behind, DIRECTION } from './order.ts';
import { newId } from './credentials.ts';
import { keepDomainCheck } from './domain-checks.ts';
import { isTaken } from './guard.ts';
import { sentAs } from './sent-as.ts';
import { sentMessage } from './sent-message.ts';

const WITH_KEYS = { keys: { orderBy: [{ createdAt: 'asc' as const }, { algorithm: 'asc' as const }] } };

/** Sending domains, read. */
export function domainReads(db: Db): DomainReads {
  return {
    async listDomains({ after, limit, order, nameContains }) {
      const name = { ...behind(order, after), ...(nameContains === undefined ? {} : { contains: nameContains }) };
      const rows = await db.sendingDomain.findMany({
        where: { name },
        orderBy: { name: DIRECTION[order] },
        take: limit,
        include: WITH_KEYS,
      });
      return rows.map(known);
    },
    async findDomain(reference) {
      const row = await db.sendingDomain.findUnique({ where: reference, include: WITH_KEYS });
      return row ? known(row) : undefined;
    },
    async domainsToKeep(checkedBefore) {
      const where = {
        OR: [
          { checkedAt: null },
          { checkedAt: { lt: checkedBefore } },
          { keys: { some: { state: 'pending' as const } } },
          // Longer times are seen to with the checks.
          { retainSeconds: { lt: 3_600 }, keys: { some: { state: 'retired' as const } } },
        ],
      };
      const orderBy = { checkedAt: { sort: 'asc' as const, nulls: 'first' as const } };
      return (await db.sendingDomain.findMany({ where, orderBy, take: 200, include: WITH_KEYS })).map(known);
    },
    sentAs: (domain) => sentAs(db, domain),
    sentMessage: (id) => sentMessage(db, id),
    bulkFacts: (credentialId) => bulkFacts(db, credentialId),
    async sealedDkimKey(domainId, selector) {
      const row = await db.dkimKey.findUnique({ where: { domainId_selector: { domainId, selector } } });
      return row?.privateKey ? Buffer.from(row.privateKey) : undefined;
    },
  };
}

/** Sending domains, changed. */
export function domainChanges(db: Db): DomainChanges {
  return {
    async readDomain(id) {
      const row = await db.sendingDomain.findUnique({ where: { id }, include: WITH_KEYS });
      return row ? known(row) : undefined;
    },
    async addDomain({ keys, signedFields, delegatedTo, rotateDays, ...settings }) {
      try {
        const row = await db.sendingDomain.create({
          data: {
            id: newId(),
            ...settings,
            signedFields: [...signedFields],
            delegatedTo: delegatedTo ?? null,
            rotateDays: rotateDays ?? null,
            keys: { create: keys.map(keyData) },
          },
          include: WITH_KEYS,
        });
        return known(row);
      } catch (error) {
        if (isTaken(error)) return undefined;
        throw error;
      }
    },
    async removeDomain(id) {
      return (await db.sendingDomain.deleteMany({ where: { id } })).count > 0;
    },
    async addDkimKey(domainId, key) {
      // A failed insert would undo the whole transaction: it is asked before, and made sure of by the unique index.
      const { selector } = key;
      await db.dkimKey.deleteMany({ where: { domainId, selector, state: 'revoked' } });
      if (await db.dkimKey.findUnique({ where: { domainId_selector: { domainId, selector } } })) return undefined;
      return knownKey(await db.dkimKey.create({ data: { ...keyData(key), domainId } }));
    },
    async moveDkimKey({ id, from, to }) {
      const at = new Date();
      const times = {
        pending: {},
        active: { activatedAt: at },
        retired: { retiredAt: at },
        revoked: { revokedAt: at, privateKey: null },
      }[to];
      return (await db.dkimKey.updateMany({ where: { id, state: from }, data: { state: to, ...times } })).count > 0;
    },
    async noteDkimKeySeen(id, seenAt) {
      await db.dkimKey.updateMany({ where: { id, state: 'pending' }, data: { seenAt: seenAt ?? null } });
    },
    async updateDomain(id, { signedFields, ...change }) {
      const data = { ...change, ...(signedFields ? { signedFields: [...signedFields] } : {}) };
      if ((await db.sendingDomain.updateMany({ where: { id }, data })).count === 0) return undefined;
      const row = await db.sendingDomain.findUnique({ where: { id }, include: WITH_KEYS });
      return row ? known(row) : undefined;
    },
    keepDomainCheck: (domain, check) => keepDomainCheck(db, domain, check),
  };
}

const ALGORITHMS = { rsaSha256: 'rsa-sha256', ed25519Sha256: 'ed25519-sha256' } as const;

function keyData({ selector, algorithm, bits, state, publicKey, sealedPrivateKey }: NewDkimKey) {
  return {
    id: newId(),
    selector,
    algorithm: algorithm === 'rsa-sha256' ? ('rsaSha256' as const) : ('ed25519Sha256' as const),
    bits,
    state,
    publicKey,
    privateKey: Uint8Array.from(sealedPrivateKey),
    activatedAt: state === 'active' ? new Date() : null,
  };
}

function known(row: Row & { readonly keys: readonly KeyRow[] }): KnownSendingDomain {
  return {
    id: row.id,
    name: domainOf(row.name),
    subDomains: row.subDomains,
    signedFields: row.signedFields,
    delegatedTo: row.delegatedTo === null ? undefined : domainOf(row.delegatedTo),
    rotateDays: row.rotateDays ?? undefined,
    settleSeconds: row.settleSeconds,
    retainSeconds: row.retainSeconds,
    createdAt: row.createdAt,
    keys: row.keys.map(knownKey),
    checkedAt: row.checkedAt ?? undefined,
    check: row.check,
  };
}

function knownKey(row: KeyRow): DkimKey {
  const { id, selector, bits, state, publicKey, createdAt } = row;
  return {
    id,
    selector,
    algorithm: ALGORITHMS[row.algorithm],
    bits,
    state,
    publicKey,
    createdAt,
    seenAt: row.seenAt ?? undefined,
    activatedAt: row.activatedAt ?? undefined,
    retiredAt: row.retiredAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
  };
}

function domainOf(text: string): Domain {
  const domain = parseDomain(text);
  if (domain === undefined) throw new TypeError(`the store holds a domain ${JSON.stringify(text)}`);
  return domain;
}
