import type { Reply } from '@postern/smtp';

/** What a host offers in its reply to EHLO (RFC 5321 §4.1.1.1), as far as a client needs it. */
export interface Extensions {
  /** Which greeting it understood; a host that knows only HELO offers nothing. */
  readonly greetedBy: 'EHLO' | 'HELO';
  /** Every keyword with its parameters as offered, for the operator; bounded. */
  readonly offered: readonly string[];
  readonly startTls: boolean;
  readonly pipelining: boolean;
  readonly eightBitMime: boolean;
  readonly smtpUtf8: boolean;
  readonly enhancedStatusCodes: boolean;
  readonly dsn: boolean;
  readonly requireTls: boolean;
  readonly chunking: boolean;
  readonly mtPriority: boolean;
  /** DELIVERBY, with the shortest time that it takes for messages to be returned (RFC 2852 §2). */
  readonly deliverBy: { readonly minSeconds: number } | undefined;
  /** SIZE (RFC 1870). */
  readonly size: boolean;
  /** The largest message that it takes; undefined when it says none. */
  readonly maxSizeOctets: number | undefined;
  /** AUTH mechanisms in upper case. */
  readonly mechanisms: readonly string[];
  /** LIMITS (RFC 9422 §4). */
  readonly limits: {
    readonly mailMax?: number;
    readonly rcptMax?: number;
    readonly rcptDomainMax?: number;
  };
}

/** RFC 5321 lets a host offer any number; nobody offers this many. */
const MAX_KEYWORDS = 64;
const MAX_KEYWORD_LENGTH = 256;

/** Reads the reply to EHLO. The first line is the host's greeting; a keyword it says twice counts once, the first time. */
export function parseExtensions(reply: Reply): Extensions {
  const offered = reply.lines.slice(1, MAX_KEYWORDS + 1).map((line) => line.trim().slice(0, MAX_KEYWORD_LENGTH));
  const keywords = new Map<string, readonly string[]>();
  for (const line of offered) {
    const [keyword = '', ...parameters] = words(line);
    if (keyword !== '' && !keywords.has(keyword)) keywords.set(keyword, parameters);
  }
  const [size] = keywords.get('SIZE') ?? [];
  return {
    greetedBy: 'EHLO',
    offered,
    startTls: keywords.has('STARTTLS'),
    pipelining: keywords.has('PIPELINING'),
    eightBitMime: keywords.has('8BITMIME'),
    smtpUtf8: keywords.has('SMTPUTF8'),
    enhancedStatusCodes: keywords.has('ENHANCEDSTATUSCODES'),
    dsn: keywords.has('DSN'),
    requireTls: keywords.has('REQUIRETLS'),
    chunking: keywords.has('CHUNKING'),
    mtPriority: keywords.has('MT-PRIORITY'),
    deliverBy: keywords.has('DELIVERBY') ? { minSeconds: readMinSeconds(keywords.get('DELIVERBY')?.[0]) } : undefined,
    size: keywords.has('SIZE'),
    maxSizeOctets: size === undefined ? undefined : readSize(size),
    mechanisms: [...new Set([...(keywords.get('AUTH') ?? []), ...authBeforeItsStandard(offered)])],
    limits: readLimits(keywords.get('LIMITS') ?? []),
  };
}

/** What a host offers that understands only HELO: nothing. */
export function noExtensions(): Extensions {
  return { ...parseExtensions({ code: 250, lines: [] }), greetedBy: 'HELO' };
}

function words(line: string): string[] {
  return line
    .toUpperCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** RFC 1870 §4: 0 means no fixed maximum. A number beyond all reason is none either. */
function readSize(text: string): number | undefined {
  const size = /^\d{1,20}$/.test(text) ? Number(text) : 0;
  return size > 0 && Number.isSafeInteger(size) ? size : undefined;
}

function readMinSeconds(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

/** `AUTH=PLAIN LOGIN`, as hosts said it before RFC 2554 and some still do. */
function authBeforeItsStandard(offered: readonly string[]): string[] {
  const line = offered.find((each) => /^AUTH=/i.test(each));
  return line === undefined ? [] : words(line.slice('AUTH='.length));
}

/** RFC 9422 §4: name=value with 1 to 6 digits, at least 1; what is not understood is ignored. */
function readLimits(parameters: readonly string[]): Extensions['limits'] {
  const limits: { mailMax?: number; rcptMax?: number; rcptDomainMax?: number } = {};
  for (const parameter of parameters) {
    const [, name = '', digits] = /^(MAILMAX|RCPTMAX|RCPTDOMAINMAX)=([1-9]\d{0,5})$/.exec(parameter) ?? [];
    if (name === 'MAILMAX') limits.mailMax ??= Number(digits);
    if (name === 'RCPTMAX') limits.rcptMax ??= Number(digits);
    if (name === 'RCPTDOMAINMAX') limits.rcptDomainMax ??= Number(digits);
  }
  return limits;
}
