import type { Rule } from '../rule.ts';

/** Our own words, where no remote host spoke: their enhanced status codes are exact (RFC 3463 §3). */
export const LOCAL_RULES: readonly Rule[] = [
  { id: 'local-null-mx', class: 'domain_refuses_mail', from: 'local', enhanced: ['1.10'] },
  { id: 'local-no-domain', class: 'domain_unknown', from: 'local', enhanced: ['5.1.2', '5.4.4'] },
  { id: 'local-tls', class: 'tls', from: 'local', enhanced: ['7.4', '7.5', '7.10', '7.11'] },
  { id: 'local-tls-stage', class: 'tls', from: 'local', stages: ['starttls'] },
  { id: 'local-loop', class: 'network', from: 'local', enhanced: ['4.6'] },
  { id: 'local-expired', class: 'expired', from: 'local', enhanced: ['4.7'] },
  { id: 'local-network', class: 'network', from: 'local', enhanced: ['4.*'] },
  { id: 'local-too-big', class: 'too_big', from: 'local', enhanced: ['3.4'] },
  { id: 'local-content', class: 'content', from: 'local', enhanced: ['6.*'] },
  { id: 'local-protocol', class: 'protocol', from: 'local', enhanced: ['5.*'] },
  { id: 'local-system', class: 'remote_system', from: 'local', codes: ['4'] },
];
