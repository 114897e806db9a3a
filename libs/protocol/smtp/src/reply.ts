import type { EnhancedStatusCode } from './enhanced-status-code.ts';

/** A reply (RFC 5321 §4.2). */
export interface Reply {
  readonly code: number;
  readonly enhanced?: EnhancedStatusCode;
  /** The text of each line, without reply code and enhanced status code. */
  readonly lines: readonly string[];
}

/** A reply of ours with an enhanced status code (RFC 2034 §4). */
export function reply(code: number, enhanced: EnhancedStatusCode, ...lines: string[]): Reply {
  return { code, enhanced, lines };
}

/** A reply of ours without an enhanced status code: greeting, EHLO and HELO, 334, 354 (RFC 2034 §4). */
export function bareReply(code: number, ...lines: string[]): Reply {
  return { code, lines };
}

/** Whether a reply says yes: 2yz. */
export function isPositive(reply: Reply): boolean {
  return reply.code >= 200 && reply.code < 300;
}

/** RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets with code and line end. */
const MAX_LINE_OCTETS = 512;

/** A reply as it goes on the wire. Every line that we ever send passes `harmless`. */
export function formatReply({ code, enhanced, lines }: Reply): string {
  const prefix = enhanced === undefined ? '' : `${enhanced} `;
  const texts = lines.length === 0 ? [''] : lines;
  const last = texts.length - 1;
  let wire = '';
  for (const [index, text] of texts.entries()) {
    const line = `${code}${index === last ? ' ' : '-'}${harmless(prefix + text)}`;
    wire += `${line.length > MAX_LINE_OCTETS - 2 ? line.slice(0, MAX_LINE_OCTETS - 2) : line}\r\n`;
  }
  return wire;
}

/** A reply on one line, for logs and records: `550 5.1.1 no such user / second line`. */
export function replyText({ code, enhanced, lines }: Reply): string {
  return [code, enhanced, lines.join(' / ')].filter((part) => part !== undefined && part !== '').join(' ');
}

/** The one place where text becomes part of a reply line: a line end or control character inside would end the reply early. */
function harmless(text: string): string {
  return /[^ -~]/.test(text) ? text.replace(/[^ -~]/gu, '?') : text;
}
