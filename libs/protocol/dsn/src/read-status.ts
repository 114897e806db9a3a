import { ACTIONS, type Action } from './delivery-status.ts';
import { type LooseField, readFields, valueOf } from './mime-entity.ts';
import type { ReturnedStatus } from './read-report.ts';

const MAX_RECIPIENTS = 1_000;

/** Reads the body of message/delivery-status (RFC 3464 §2.1): groups of fields between empty lines. */
export function readStatus(body: string): {
  readonly reportingMta: string | undefined;
  readonly envelopeId: string | undefined;
  readonly recipients: readonly ReturnedStatus[];
} {
  const groups = body
    .split(/\r?\n[ \t]*\r?\n/, MAX_RECIPIENTS + 1)
    .map(readFields)
    .filter((fields) => fields.length > 0);
  const perMessage = groups.find((fields) => valueOf(fields, 'reporting-mta') !== undefined) ?? groups[0] ?? [];
  return {
    reportingMta: withoutType(valueOf(perMessage, 'reporting-mta')),
    envelopeId: valueOf(perMessage, 'original-envelope-id'),
    // Some put everything into one group.
    recipients: groups.filter(isRecipient).map(statusOf),
  };
}

function isRecipient(fields: readonly LooseField[]): boolean {
  return fields.some(({ key }) => key === 'final-recipient' || key === 'original-recipient');
}

function statusOf(fields: readonly LooseField[]): ReturnedStatus {
  const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(valueOf(fields, 'status') ?? '')?.[0];
  return {
    originalRecipient: addressOf(valueOf(fields, 'original-recipient')),
    finalRecipient: addressOf(valueOf(fields, 'final-recipient')),
    action: actionOf(valueOf(fields, 'action'), status),
    status,
    remoteMta: withoutType(valueOf(fields, 'remote-mta')),
    diagnostic: withoutType(valueOf(fields, 'diagnostic-code')),
  };
}

/** An action that nobody knows is told by the status; 4 is not the end. */
function actionOf(value: string | undefined, status: string | undefined): Action {
  const word = /^[a-z]+/.exec((value ?? '').trim().toLowerCase())?.[0];
  const known = ACTIONS.find((action) => action === word);
  if (known) return known;
  return status?.startsWith('2') ? 'delivered' : status?.startsWith('4') ? 'delayed' : 'failed';
}

/** `rfc822; <a@b.example>` is a@b.example. */
export function addressOf(value: string | undefined): string | undefined {
  const address = withoutType(value)?.replace(/^<|>$/g, '').trim();
  return address && address.length <= 320 && address.includes('@') ? address : undefined;
}

function withoutType(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bare = /^\s*[\w-]{1,40}\s*;/.test(value) ? value.slice(value.indexOf(';') + 1) : value;
  return bare.trim().slice(0, 1_000) || undefined;
}
