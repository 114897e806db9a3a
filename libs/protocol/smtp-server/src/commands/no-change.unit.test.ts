import { describe, expect, it } from 'vitest';
import { Dialogue } from '../testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');

describe('commands that change nothing', () => {
  it.each([
    ['VRFY a', '252 2.1.5'],
    ["VRFY ' OR 1=1 --", '252 2.1.5'],
    ['VRFY \xc3\xbc', '252 2.1.5'],
    ['VRFY', '501 5.5.4'],
    ['EXPN list', '502 5.5.1'],
    ["ETRN #'; DROP TABLE x", '502 5.5.1'],
    ['TURN', '502 5.5.1'],
    ['BDAT 10 LAST', '502 5.5.1'],
    ['XCLIENT ADDR=127.0.0.1', '502 5.5.1'],
    ['PROXY TCP4 192.0.2.9 192.0.2.2 1 2', '500 5.5.1'],
    ['HELP', '214 2.0.0'],
    ['HELP \xc3\xbc', '214 2.0.0'],
    ['NOOP anything', '250 2.0.0'],
    ['FOO', '500 5.5.1'],
    ['', '500 5.5.1'],
    [' MAIL FROM:<>', '500 5.5.1'],
    ['constructor', '500 5.5.1'],
    ['MAIL\tFROM:<>', '500 5.5.2'],
    ['STARTTLS now', '501 5.5.4'],
  ])('%s between MAIL and RCPT: %s', async (line, expected) => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say('MAIL FROM:<a@b.example>');
    expect(code(await dialogue.say(line))).toBe(expected);
    expect(code(await dialogue.say('RCPT TO:<c@d.example>'))).toBe('250 2.1.5');
  });

  it('nothing is heard after QUIT', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('QUIT', 'NOOP', 'MAIL FROM:<>'))).toBe('221 2.0.0');
    expect(await dialogue.say('NOOP')).toEqual([]);
  });
});
