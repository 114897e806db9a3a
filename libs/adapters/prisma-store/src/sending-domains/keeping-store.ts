import type { AdminStore } from '@postern/administration';
import { type CheckLine, type DomainKeepingStore, failingIds, hasChanged } from '@postern/sending-domain';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** What keeping sending domains needs: the operators' store, by whom nobody was asked, and the events that they read. */
export function domainKeepingStore(admin: AdminStore, pool: Pool): DomainKeepingStore {
  return {
    domainsToKeep: (checkedBefore) => admin.domainsToKeep(checkedBefore),
    sentAs: (domain) => admin.sentAs(domain),
    noteSeen: ({ id }, seenAt) => admin.change((changes) => changes.noteDkimKeySeen(id, seenAt)),
    activate: ({ id }, replaced) =>
      admin.change(async (changes) => {
        if (!(await changes.moveDkimKey({ id, from: 'pending', to: 'active' }))) return false;
        for (const each of replaced) await changes.moveDkimKey({ id: each.id, from: 'active', to: 'retired' });
        return true;
      }),
    revoke: ({ id }) => admin.change((changes) => changes.moveDkimKey({ id, from: 'retired', to: 'revoked' })),
    addKey: async (domainId, key) => (await admin.change((changes) => changes.addDkimKey(domainId, key))) !== undefined,
    async keepCheck({ id, name, check }, { checkedAt, status, lines }) {
      const found = { checkedAt: checkedAt.toISOString(), status, lines };
      await admin.change((changes) => changes.keepDomainCheck(id, { checkedAt, found }));
      const before = failingIds(linesOf(check));
      const after = failingIds(lines, before);
      if (after.size === 0) await run(pool, RESOLVE, [id]);
      else if (hasChanged(before, after)) await run(pool, RAISE, [id, name, textOf(lines), JSON.stringify([...after])]);
    },
  };
}

/** One event is open for a domain at most; it tells what fails now. */
const RAISE: Statement = {
  name: 'raise-domain-check',
  text: `
    insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts)
    values ('domain.check', 'warning', 'domain', $1::text, $2::text, $3::text, jsonb_build_object('failing', $4::text::jsonb))
    on conflict (kind, subject_id) where resolved_at is null
    do update set last_at = now(), times = events.times + 1, text = excluded.text, facts = excluded.facts`,
};

const RESOLVE: Statement = {
  name: 'resolve-domain-check',
  text: `
    update events set resolved_at = now(), resolved_by = 'check'
    where kind = 'domain.check' and subject_id = $1::text and resolved_at is null`,
};

function textOf(lines: readonly CheckLine[]): string {
  const failing = lines.filter(({ status }) => status === 'fail');
  return failing
    .map(({ about, found }) => `${about}: ${found}`)
    .join('; ')
    .slice(0, 1_000);
}

/** The lines of a check as it was stored; it was written by `keepCheck`, or by the verb of the same form. */
function linesOf(check: unknown): readonly CheckLine[] {
  return typeof check === 'object' && check !== null && 'lines' in check && Array.isArray(check.lines)
    ? check.lines
    : [];
}
