/** The reply to EHLO or HELO: STARTTLS and AUTH are offered when there is something to offer. */
export function helloReply(
  verb: 'EHLO' | 'HELO',
  host: {
    readonly name: string;
    readonly extensions: readonly string[];
    readonly tls: object | undefined;
    readonly accounts: object | undefined;
  },
  session: { readonly secure: boolean },
): string {
  if (verb === 'HELO') return `250 ${host.name}`;
  const lines = [
    host.name,
    ...host.extensions,
    ...(host.tls && !session.secure ? ['STARTTLS'] : []),
    ...(host.accounts ? ['AUTH PLAIN LOGIN'] : []),
  ];
  return lines.map((text, index) => `250${index === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
}

/** The path and the parameters of MAIL or RCPT (RFC 5321 §4.1.1.2, §4.1.1.3); a quoted local-part may hold anything. */
export function pathIn(
  keyword: 'FROM' | 'TO',
  text: string,
): { readonly path: string; readonly parameters: readonly string[] } | undefined {
  const match = /^(FROM|TO):<((?:"(?:[^"\\]|\\.)*"|[^>"])*)>(.*)$/i.exec(text);
  if (match?.[1]?.toUpperCase() !== keyword) return undefined;
  return { path: match[2] ?? '', parameters: match[3]?.split(' ').filter((each) => each !== '') ?? [] };
}
