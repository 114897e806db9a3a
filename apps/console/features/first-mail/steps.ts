import type { Credential, DomainCheck, MessageSummary, SendingDomainDetail } from '@postern/admin-contract';

/** What is known of the way to the first mail; all of it is on the server, so the way goes on wherever one looks from. */
export interface Way {
  readonly domain: SendingDomainDetail | undefined;
  /** A credential that may send as the domain. */
  readonly credential: Credential | undefined;
  /** The latest message that was sent as the domain. */
  readonly message: MessageSummary | undefined;
  /** What receivers make of that message. */
  readonly messageCheck: DomainCheck | undefined;
}

export const STEPS = ['domain', 'records', 'credential', 'send', 'delivered'] as const;
export type StepName = (typeof STEPS)[number];
export type StepState = 'done' | 'now' | 'later';

/** Which steps are done, and which is next. A step may be done before those above it are. */
export function statesOf(way: Way): Readonly<Record<StepName, StepState>> {
  const done: Readonly<Record<StepName, boolean>> = {
    domain: way.domain !== undefined,
    records: isSeen(way.domain?.check ?? null),
    credential: way.credential !== undefined,
    send: way.message !== undefined,
    delivered: isDelivered(way.message) && way.messageCheck?.status === 'pass',
  };
  const next = STEPS.find((step) => !done[step]);
  const state = (step: StepName): StepState => (done[step] ? 'done' : step === next ? 'now' : 'later');
  return {
    domain: state('domain'),
    records: state('records'),
    credential: state('credential'),
    send: state('send'),
    delivered: state('delivered'),
  };
}

/** Whether a line of a domain's check is about a record that the first mail needs. */
export function isNeeded({ id }: { readonly id: string }): boolean {
  return /^(?:dkim|spf|dmarc)(?::|$)/.test(id) && id !== 'dmarc:alignment';
}

/** Whether the world sees what the first mail needs: keys, SPF and a DMARC policy, of whichever kind. */
export function isSeen(check: DomainCheck | null): boolean {
  const lines = check?.lines.filter(isNeeded) ?? [];
  return lines.length > 0 && lines.every(({ status }) => status !== 'fail' && status !== 'unknown');
}

/** Whether every recipient of a message was delivered. */
export function isDelivered(message: MessageSummary | undefined): boolean {
  if (!message) return false;
  return message.recipients.total > 0 && message.recipients.states.delivered === message.recipients.total;
}

/** Whether a sender rule lets a credential send as some address of a domain. */
export function allows(rule: string, domain: string): boolean {
  if (rule === '*' || rule === `@${domain}` || rule.endsWith(`@${domain}`)) return true;
  return rule.startsWith('@*.') && (domain === rule.slice(3) || domain.endsWith(rule.slice(2)));
}

/** An address that a credential may send as, in a domain. */
export function senderIn(domain: string, rules: readonly string[]): string {
  const own = rules.find((rule) => !rule.startsWith('@') && rule.endsWith(`@${domain}`));
  return own ?? `hello@${domain}`;
}
