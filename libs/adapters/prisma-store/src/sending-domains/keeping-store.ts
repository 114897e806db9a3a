import type { AdminStore } from '@postern/administration';
import type { DomainKeepingStore } from '@postern/sending-domain';

/** More sources than this are not looked at. */
const MAX_SOURCES = 200;

/** What keeping sending domains needs: the operators' store, by whom nobody was asked. */
export function domainKeepingStore(admin: AdminStore): DomainKeepingStore {
  return {
    domainsToKeep: (checkedBefore) => admin.domainsToKeep(checkedBefore),
    sentAs: (domain) => admin.sentAs(domain),
    addedSources: () => admin.listSources({ sort: 'name', order: 'ascending', after: undefined, limit: MAX_SOURCES }),
    noteSeen: ({ id }, seenAt) => admin.change((changes) => changes.noteDkimKeySeen(id, seenAt)),
    activate: ({ id }, replaced) =>
      admin.change(async (changes) => {
        if (!(await changes.moveDkimKey({ id, from: 'pending', to: 'active' }))) return false;
        for (const each of replaced) await changes.moveDkimKey({ id: each.id, from: 'active', to: 'retired' });
        return true;
      }),
    revoke: ({ id }) => admin.change((changes) => changes.moveDkimKey({ id, from: 'retired', to: 'revoked' })),
    addKey: async (domainId, key) => (await admin.change((changes) => changes.addDkimKey(domainId, key))) !== undefined,
    keepCheck: (domain, check) => admin.change((changes) => changes.keepDomainCheck(domain, check)),
  };
}
