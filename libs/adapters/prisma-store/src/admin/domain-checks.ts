import type { DomainChanges } from '@postern/administration';
import { type CheckLine, failingIds, hasChanged } from '@postern/sending-domain';
import type { Db } from './client.ts';

/**
 * Keeps a check, and tells operators when what fails has changed, whoever asked for the check. One event is open for a domain at
 * most; it tells what fails now.
 */
export async function keepDomainCheck(...[db, domain, given]: [Db, ...Parameters<DomainChanges['keepDomainCheck']>]) {
  const { checkedAt, status, lines } = given;
  const found = { checkedAt: checkedAt.toISOString(), status, lines: lines.map((line) => ({ ...line })) };
  await db.sendingDomain.updateMany({ where: { id: domain.id }, data: { checkedAt, check: found } });
  const before = failingIds(linesOf(domain.check));
  const after = failingIds(lines, before);
  if (after.size === 0) await resolve(db, domain.id);
  else if (hasChanged(before, after)) await raise(db, domain, { text: textOf(lines), failing: [...after] });
}

async function raise(
  db: Db,
  { id, name }: { readonly id: string; readonly name: string },
  { text, failing }: { readonly text: string; readonly failing: readonly string[] },
): Promise<void> {
  await db.$executeRaw`
    insert into events (kind, severity, subject_kind, subject_id, subject_name, text, facts)
    values ('domain.check', 'warning', 'domain', ${id}::text, ${name}::text, ${text}::text,
      jsonb_build_object('failing', ${JSON.stringify(failing)}::jsonb))
    on conflict (kind, subject_id) where resolved_at is null
    do update set last_at = now(), times = events.times + 1, text = excluded.text, facts = excluded.facts`;
}

async function resolve(db: Db, id: string): Promise<void> {
  await db.$executeRaw`
    update events set resolved_at = now(), resolved_by = 'check'
    where kind = 'domain.check' and subject_id = ${id}::text and resolved_at is null`;
}

function textOf(lines: readonly CheckLine[]): string {
  const failing = lines.filter(({ status }) => status === 'fail');
  return failing
    .map(({ about, found }) => `${about}: ${found}`)
    .join('; ')
    .slice(0, 1_000);
}

/** The lines of a check as it was stored; it was written by `keepDomainCheck`. */
function linesOf(check: unknown): readonly CheckLine[] {
  return typeof check === 'object' && check !== null && 'lines' in check && Array.isArray(check.lines)
    ? check.lines
    : [];
}
