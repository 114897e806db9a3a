import { readEnhancedStatusCode } from './enhanced-status-code.ts';
import type { Reply } from './reply.ts';

/** What a chunk completed. A fault is final: the reader reads nothing more, since nobody can say where the next reply begins. */
export interface ReplyReading {
  readonly replies: readonly Reply[];
  readonly fault?: ReplyFault;
}

export type ReplyFault = 'malformed-line' | 'mixed-codes' | 'line-too-long' | 'too-many-lines';

export interface ReplyLimits {
  /** RFC 5321 §4.5.3.1.5 says 512; more is common. */
  readonly maxLineOctets: number;
  readonly maxLines: number;
}

const DEFAULT_LIMITS: ReplyLimits = { maxLineOctets: 4096, maxLines: 256 };
const LINE_FEED = 0x0a;

/**
 * Reads replies from octets as they come in (RFC 5321 §4.2).
 *
 * Tolerates what remote hosts do: a missing text, a bare line feed as the line end, lines over 512 octets. Control
 * characters in a text become `?`, so a reply can be recorded and repeated as it is. Lines with different codes in one
 * reply are a fault.
 */
export class ReplyReader {
  readonly #limits: ReplyLimits;
  #pending: Buffer = Buffer.alloc(0);
  #lines: string[] = [];
  #code: number | undefined;
  #fault: ReplyFault | undefined;

  constructor(limits: Partial<ReplyLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  push(chunk: Buffer): ReplyReading {
    const replies: Reply[] = [];
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    while (this.#fault === undefined) {
      const end = rest.indexOf(LINE_FEED);
      if ((end === -1 ? rest.length : end) > this.#limits.maxLineOctets) this.#fault = 'line-too-long';
      else if (end === -1) break;
      else {
        const reply = this.#line(textOf(rest.subarray(0, end)));
        if (reply) replies.push(reply);
        rest = rest.subarray(end + 1);
      }
    }
    this.#pending = this.#fault === undefined ? Buffer.from(rest) : Buffer.alloc(0);
    return this.#fault === undefined ? { replies } : { replies, fault: this.#fault };
  }

  /** Octets of a reply that has begun and not ended. */
  get unfinished(): boolean {
    return this.#pending.length > 0 || this.#lines.length > 0;
  }

  #line(text: string): Reply | undefined {
    const [match, digits, separator, rest = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/.exec(text) ?? [];
    if (match === undefined) return this.#fail('malformed-line');
    const code = Number(digits);
    if (this.#code !== undefined && this.#code !== code) return this.#fail('mixed-codes');
    if (this.#lines.length >= this.#limits.maxLines) return this.#fail('too-many-lines');
    this.#code = code;
    this.#lines.push(rest);
    if (separator === '-') return undefined;
    const reply = assemble(code, this.#lines);
    this.#code = undefined;
    this.#lines = [];
    return reply;
  }

  #fail(fault: ReplyFault): undefined {
    this.#fault = fault;
    return undefined;
  }
}

/** RFC 2034 §4: the class of the enhanced status code is the first digit of the reply code; another is text like any other. */
function assemble(code: number, lines: readonly string[]): Reply {
  const [enhanced] = lines.flatMap((line) => readEnhancedStatusCode(line)?.enhanced ?? []);
  if (enhanced === undefined || Number(enhanced[0]) !== Math.floor(code / 100)) return { code, lines };
  const texts = lines.map((line) => {
    const own = readEnhancedStatusCode(line);
    return own?.enhanced === enhanced ? own.rest : line;
  });
  return { code, enhanced, lines: texts };
}

function textOf(line: Buffer): string {
  const text = line.toString('utf8', 0, line.at(-1) === 0x0d ? line.length - 1 : line.length);
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  return text.replace(/[\0-\x08\x0a-\x1f\x7f-\x9f]/g, '?');
}
