import { describe, expect, it } from 'vitest';
import { Dialogue, settled } from '../testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');

describe('what comes is no SMTP', () => {
  it.each(['GET / HTTP/1.1', 'POST /x HTTP/1.1', 'Host: a'])('%s: closed', async (line) => {
    const dialogue = new Dialogue();
    await settled();
    expect(code(await dialogue.say(line, 'MAIL FROM:<>'))).toBe('554 5.5.1');
    expect(dialogue.closed).toBe(true);
  });

  it('a TLS ClientHello on a listener in clear: closed', async () => {
    const dialogue = new Dialogue();
    await settled();
    expect(code(await dialogue.octets('\x16\x03\x01\x02\x00\x01'))).toBe('554 5.5.1');
    expect(dialogue.closed).toBe(true);
  });

  it('a client that talks before the greeting: closed', async () => {
    const dialogue = new Dialogue({ policy: { connected: () => new Promise(() => undefined) } });
    expect(code(await dialogue.say('EHLO c.example'))).toBe('554 5.5.0');
    expect(dialogue.closed).toBe(true);
  });
});
