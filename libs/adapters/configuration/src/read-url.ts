import { expected, ok, type Reader } from './reading.ts';

/** The URL of a server, under one of the schemes named. The URL may carry a password, so it is never shown. */
export function serverUrl(example: string, ...schemes: readonly string[]): Reader<string> {
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const reachable = url !== undefined && (url.hostname !== '' || url.searchParams.has('host'));
    return reachable && schemes.includes(url.protocol.slice(0, -1)) ? ok(text) : expected(`a URL such as ${example}`);
  };
}
