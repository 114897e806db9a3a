import { domainCheck, type SendingDomain, type SendingDomainDetail } from '@postern/admin-contract';
import {
  type KnownSendingDomain,
  nextStep,
  recordsOf,
  type Sources,
  terraform,
  zoneFile,
} from '@postern/sending-domain';

/** A sending domain as operators see it. */
export function domainView(domain: KnownSendingDomain): SendingDomain {
  const { id, name, subDomains, signedFields, delegatedTo, rotateDays, settleSeconds, retainSeconds, createdAt } =
    domain;
  const check = domainCheck.safeParse(domain.check);
  return {
    id,
    name,
    subDomains,
    signedFields: [...signedFields],
    delegatedTo: delegatedTo ?? null,
    rotateDays: rotateDays ?? null,
    settleSeconds,
    retainSeconds,
    createdAt: createdAt.toISOString(),
    keys: domain.keys.map((key) => ({
      selector: key.selector,
      algorithm: key.algorithm,
      bits: key.bits,
      state: key.state,
      publicKey: key.publicKey,
      createdAt: key.createdAt.toISOString(),
      seenAt: key.seenAt?.toISOString() ?? null,
      activatedAt: key.activatedAt?.toISOString() ?? null,
      retiredAt: key.retiredAt?.toISOString() ?? null,
      revokedAt: key.revokedAt?.toISOString() ?? null,
      next: nextStep(key, domain) ?? null,
    })),
    check: check.success ? check.data : null,
  };
}

/** The same, with the records to publish. */
export function domainDetail(domain: KnownSendingDomain, sources: Sources): SendingDomainDetail {
  const records = recordsOf(domain, sources);
  return {
    ...domainView(domain),
    records: records.map((record) => ({ ...record, note: record.note ?? null })),
    zoneFile: zoneFile(records),
    terraform: terraform(records),
  };
}
