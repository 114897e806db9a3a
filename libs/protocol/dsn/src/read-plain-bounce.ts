import { type Entity, decodedBody, valueOf } from './mime-entity.ts';
import type { ReturnedStatus } from './read-report.ts';
import { addressOf } from './read-status.ts';

const MAX_TEXT = 64 * 1024;
const MAX_RECIPIENTS = 100;
/** Where the returned message begins in bounces that quote it below their own words. */
const QUOTED =
  /^(?:-{2,}[^\n]{0,60}(?:original|copy|unsent|returned|forwarded|below)[^\n]{0,60}|[^\n]{0,80}(?:copy of (?:the|your) message|original message follows|returned message follows)[^\n]{0,80})$/im;
const ADDRESS_LINE =
  /^[ \t]*(?:[\w :-]{0,40}[ :])?<?([^\s<>"(),:;]{1,128}@[^\s<>"(),:;]{3,190}?)>?[:.]?[ \t]*(?:\((?:[^()\n]{0,120})\))?[ \t]*$/;
const REPLY = /\b([45]\d\d)[- ](?:([45]\.\d{1,3}\.\d{1,3})[ -])?/;
const STATUS = /(?:^|[\s(#])([45]\.[0-7]\.\d{1,3})(?=[\s):;,.]|$)/;

/**
 * Recipients of a bounce without structure: qmail's (`<address>:` and its reason below), Exim's (X-Failed-Recipients), and what
 * looks like them. An address counts only when it stands on a line of its own, with a reason below it.
 */
export function readPlainBounce(message: Entity, parts: readonly Entity[]): readonly ReturnedStatus[] {
  const said = parts.find(({ type }) => type === 'text/plain') ?? (message.type === 'text/plain' ? message : undefined);
  const text = cut(said ? decodedBody(said).slice(0, MAX_TEXT) : '');
  const named = (valueOf(message.fields, 'x-failed-recipients') ?? '').split(',').map((each) => addressOf(each.trim()));
  if (!looksReturned(message, text) && named.every((each) => each === undefined)) return [];
  const found = new Map<string, ReturnedStatus>();
  for (const { address, reason } of blocks(text)) {
    if (found.size < MAX_RECIPIENTS && !found.has(address)) found.set(address, statusOf(address, reason, text));
  }
  for (const address of named.slice(0, MAX_RECIPIENTS)) {
    if (address !== undefined && !found.has(address)) found.set(address, statusOf(address, text, text));
  }
  return [...found.values()];
}

function cut(text: string): string {
  const at = QUOTED.exec(text)?.index;
  return at === undefined ? text : text.slice(0, at);
}

function looksReturned({ fields }: Entity, text: string): boolean {
  const words = `${valueOf(fields, 'subject') ?? ''} ${valueOf(fields, 'from') ?? ''}`;
  return (
    /mailer-daemon|postmaster|mail delivery|undeliver|failure notice|returned mail|delivery (?:status|fail|report|problem)|non.?delivery|not delivered/i.test(
      words,
    ) ||
    /qmail-send|could not be delivered|unable to deliver|permanent (?:fatal )?error|undeliverable/i.test(
      text.slice(0, 2_000),
    )
  );
}

function blocks(text: string): readonly { readonly address: string; readonly reason: string }[] {
  const lines = text.split(/\r?\n/);
  const found: { address: string; reason: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const address = line.length < 400 ? ADDRESS_LINE.exec(line)?.[1] : undefined;
    if (address === undefined) continue;
    const below = lines.slice(index + 1, index + 9);
    const end = below.findIndex((each, at) => at > 0 && each.trim() === '');
    const reason = below
      .slice(0, end === -1 ? undefined : end)
      .join(' ')
      .trim();
    if (reason !== '') found.push({ address, reason: reason.slice(0, 1_000) });
  }
  return found;
}

function statusOf(address: string, reason: string, whole: string): ReturnedStatus {
  const [, code, enhanced] = REPLY.exec(reason) ?? [];
  const status = enhanced ?? STATUS.exec(reason)?.[1];
  const kind = status?.charAt(0) ?? code?.charAt(0);
  const isDelay =
    kind === '4' || (kind === undefined && /\b(?:delayed|will (?:be retried|keep trying|continue))\b/i.test(whole));
  return {
    originalRecipient: undefined,
    finalRecipient: address,
    action: isDelay ? 'delayed' : 'failed',
    status,
    remoteMta: undefined,
    diagnostic: reason.replace(/\s+/g, ' ').slice(0, 1_000) || undefined,
  };
}
