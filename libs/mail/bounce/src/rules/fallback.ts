import type { Rule } from '../rule.ts';

/** Where the words said nothing: the enhanced status code (RFC 3463 §3), then the stage. */
export const FALLBACK_RULES: readonly Rule[] = [
  { id: 'code-disabled', class: 'recipient_disabled', enhanced: ['2.1'] },
  { id: 'code-mailbox', class: 'recipient_rejected', enhanced: ['2.0', '2.4', '1.5', '1.4', '1.*'] },
  { id: 'code-system', class: 'remote_system', enhanced: ['3.*'] },
  { id: 'code-network', class: 'network', enhanced: ['4.*'] },
  { id: 'code-protocol', class: 'protocol', enhanced: ['5.1', '5.2', '5.4', '5.5'] },
  { id: 'code-content', class: 'content', enhanced: ['6.*'] },
  { id: 'code-policy', class: 'policy', enhanced: ['7.*'] },
  { id: 'stage-greeting', class: 'reputation_block', codes: ['5'], stages: ['connect', 'greeting', 'ehlo'] },
  { id: 'stage-mail', class: 'sender_rejected', codes: ['5'], stages: ['mail'] },
  { id: 'stage-recipient', class: 'recipient_rejected', codes: ['5'], stages: ['rcpt'] },
  { id: 'code-storage', class: 'remote_system', codes: ['452', '451', '421', '450'] },
  { id: 'code-mailbox-552', class: 'mailbox_full', codes: ['552'] },
];
