import { describe, expect, it } from 'vitest';
import { showControls } from './show-controls.ts';

describe('text from outside', () => {
  it('stays as it is when nothing in it acts', () => {
    const text = 'Grüße, تأكيد, 議事録, 👩‍💻 <b>bold</b>\n\tline two';
    expect(showControls(text)).toBe(text);
  });

  it.each([
    ['a direction override', 'receipt\u202Efdp.exe', String.raw`receipt\u{202e}fdp.exe`],
    ['an isolate', '\u2066x\u2069', String.raw`\u{2066}x\u{2069}`],
    ['an escape of a terminal', '\u001b[31mred', String.raw`\u{001b}[31mred`],
    ['a carriage return', 'a\rb', String.raw`a\rb`],
    ['NUL', 'a\u0000b', String.raw`a\u{0000}b`],
    ['a space without width', 'ex\u200Bample', String.raw`ex\u{200b}ample`],
    ['a separator of lines', 'a\u2028b', String.raw`a\u{2028}b`],
  ])('shows %s as what it is', (_, text, shown) => {
    expect(showControls(text)).toBe(shown);
  });
});
