// RFC 3463 §2. Neither octets of an address nor parts of a version: nothing numeric may stand on either side.
const ANYWHERE = /(?<![\w.])([45]\.[0-7]\.(?:0|[1-9]\d{0,2}))(?![\w]|\.\d)/g;
const NEAR = 300;

/**
 * The enhanced status code of a reply: the one that stood behind its code, else one that its text names (`(#5.1.1)`), of the
 * same class as the code. `5.7.1.100` and `192.168.1.1` are addresses, and name none.
 */
export function readEnhanced(reply: {
  readonly code: number;
  readonly enhanced?: string | undefined;
  readonly text: string;
}): string | undefined {
  if (reply.enhanced !== undefined) return reply.enhanced;
  const kind = String(reply.code).charAt(0);
  for (const [, found] of reply.text.slice(0, NEAR).matchAll(ANYWHERE)) if (found?.startsWith(kind)) return found;
  return undefined;
}
