import { describe, expect, it } from 'vitest';
import { forwardedHeaders, pairs } from './forward-headers.ts';

describe('the header fields that are passed on', () => {
  const kept = (fields: readonly [string, string][]) => forwardedHeaders(fields);

  it('keep what tells where a request comes from', () => {
    const fields: [string, string][] = [
      ['host', 'console.example.org'],
      ['origin', 'https://console.example.org'],
      ['cookie', 'a=1; b=2'],
      ['x-forwarded-for', '203.0.113.9, 198.51.100.2'],
    ];
    expect(kept(fields)).toEqual(fields);
  });

  it('leave out what belongs to the connection, also what the connection field names', () => {
    expect(
      kept([
        ['Connection', 'close, X-Secret-Hop'],
        ['Keep-Alive', 'timeout=5'],
        ['Transfer-Encoding', 'chunked'],
        ['Upgrade', 'websocket'],
        ['X-Secret-Hop', '1'],
        ['TE', 'trailers'],
        ['Accept', 'application/json'],
      ]),
    ).toEqual([['accept', 'application/json']]);
  });

  it("leave out the framework's own fields", () => {
    expect(
      kept([
        ['x-middleware-subrequest', 'proxy:proxy:proxy:proxy:proxy'],
        ['x-postern-path', '/queues'],
        ['rsc', '1'],
      ]),
    ).toEqual([]);
  });

  it('keep several cookies of an answer apart', () => {
    expect(kept(pairs(['Set-Cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'Set-Cookie', 'b=2']))).toEqual([
      ['set-cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
      ['set-cookie', 'b=2'],
    ]);
  });
});
