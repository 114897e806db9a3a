import type { HeaderField } from './header-section.ts';

/**
 * Whether a field is taken out of what is submitted.
 *
 * Bcc must not reach the recipients (RFC 5322 §3.6.3), Return-Path is written at final delivery (RFC 5321 §4.4), and
 * `X-Postern-*` is ours to say.
 */
export function isRemovedAtSubmission({ key }: Pick<HeaderField, 'key'>): boolean {
  return REMOVED.has(key) || key.startsWith('x-postern-');
}

const REMOVED: ReadonlySet<string> = new Set(['bcc', 'resent-bcc', 'return-path']);
