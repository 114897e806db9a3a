import { createHash } from 'node:crypto';
import type { MailHost } from './mail-hosts.ts';

/** The longest key; longer ones keep their beginning, for people to read, and end in a digest. */
const MAX_KEY_OCTETS = 200;

/**
 * The key of a site: domains with the same mail hosts in the same order of preference have the same key, whatever their
 * preference numbers are. `mx1.example.net,mx2.example.net|backup.example.net`: equals are sorted and joined by commas,
 * one level of preference from the next by a bar.
 */
export function siteKey(hosts: readonly MailHost[]): string {
  const levels = new Map<number, string[]>();
  for (const { name, preference } of hosts) levels.set(preference, [...(levels.get(preference) ?? []), name]);
  const key = [...levels]
    .toSorted(([a], [b]) => a - b)
    .map(([, names]) => names.toSorted().join(','))
    .join('|');
  if (key.length <= MAX_KEY_OCTETS) return key;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, MAX_KEY_OCTETS - digest.length - 1)}#${digest}`;
}
