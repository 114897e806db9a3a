import { expected, ok, type Reader } from './reading.ts';

/** The URL of a server, under one of the schemes named. The URL may carry a password, so it is never shown. */
export function serverUrl(example: string, ...schemes: readonly string[]): Reader<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const reachable = url !== undefined && (url.hostname !== '' || url.searchParams.has('host'));
    return reachable && schemes.includes(url.protocol.slice(0, -1)) ? ok(text) : expected(`a URL such as ${example}`);
  };
}

/** The issuer of tokens (OpenID Connect Discovery 1.0 §3), as it is written in them; in clear on this machine only. */
export const issuerUrl: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return url && isSafe && url.search === '' && url.hash === '' && url.username === ''
    ? ok(text)
    : expected('an https URL such as https://login.example.org/realms/mail (http on loopback only)');
};

/** Where something is reached: scheme, host and port alone; in clear on this machine only. */
export const originUrl: Reader<string> = (text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return url && isSafe && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? ok(url.origin)
    : expected('an https URL without a path, such as https://postern.example.org (http on loopback only)');
};

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
