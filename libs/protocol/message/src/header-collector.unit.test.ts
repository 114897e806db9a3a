import fc from 'fast-check';
import { cpuMsOf } from '@postern/clock';
import { describe, expect, it } from 'vitest';
import { HeaderCollector, type Collected } from './header-collector.ts';

function collect(chunks: readonly Buffer[], maxOctets = 1000): Collected & { left?: Buffer } {
  const collector = new HeaderCollector(maxOctets);
  for (const [index, chunk] of chunks.entries()) {
    const collected = collector.push(chunk);
    if (collected.kind === 'complete') return { ...collected, left: Buffer.concat(chunks.slice(index + 1)) };
    if (collected.kind === 'too-big') return collected;
  }
  return { ...collector.end(), left: Buffer.alloc(0) };
}

describe('HeaderCollector', () => {
  it.each([
    ['A: b\r\n\r\nbody', 'A: b\r\n'],
    ['\r\nbody', ''],
    ['A: b\r\n', 'A: b\r\n'],
    ['', ''],
    ['A: b\r\n\r\n', 'A: b\r\n'],
    ['A: b\r\n c\r\nD: e\r\n\r\n\r\n\r\n', 'A: b\r\n c\r\nD: e\r\n'],
    ['A: b\n\nbody\r\n', 'A: b\n\nbody\r\n'],
  ])('of %j takes %j', (content, header) => {
    const collected = collect([Buffer.from(content)]);
    expect(collected.kind === 'complete' && collected.header.toString()).toBe(header);
  });

  it('the way the content is cut into chunks changes nothing, and nothing is lost', () => {
    const piece = fc.constantFrom('\r\n', 'A: b', ' ', '\r\n\r\n', 'x'.repeat(30));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 9 })), (pieces, cuts) => {
        const content = Buffer.from(pieces.join(''));
        const chunks = [];
        let at = 0;
        for (const cut of cuts) {
          chunks.push(content.subarray(at, at + cut));
          at += cut;
        }
        chunks.push(content.subarray(at));
        const whole = collect([content], 100);
        const cutUp = collect(chunks, 100);
        expect(cutUp.kind).toBe(whole.kind);
        if (cutUp.kind !== 'complete' || whole.kind !== 'complete') return;
        expect(cutUp.header.toString()).toBe(whole.header.toString());
        expect(Buffer.concat([cutUp.header, cutUp.rest, cutUp.left ?? Buffer.alloc(0)]).toString()).toBe(
          content.toString(),
        );
      }),
    );
  });

  it('a header section over the limit is too big, one at the limit is not', () => {
    expect(collect([Buffer.from(`${'a'.repeat(8)}\r\n\r\nbody`)], 10).kind).toBe('complete');
    expect(collect([Buffer.from(`${'a'.repeat(9)}\r\n\r\nbody`)], 10).kind).toBe('too-big');
    expect(collect([Buffer.from('a'.repeat(8)), Buffer.from('a\r\n\r\nbody')], 10).kind).toBe('too-big');
    expect(collect([Buffer.from('a'.repeat(8)), Buffer.from(`\r\n\r\n${'b'.repeat(99)}`)], 10).kind).toBe('complete');
    expect(collect([Buffer.from('a'.repeat(20))], 10).kind).toBe('too-big');
  });

  it('takes 256 KiB in single octets in linear time', () => {
    const collector = new HeaderCollector(256 * 1024);
    const octet = Buffer.from('a');
    let more = 0;
    const collect = () => {
      while (more < 256 * 1024 && collector.push(octet).kind === 'more') more += 1;
    };
    expect(cpuMsOf(collect)).toBeLessThan(5_000);
    expect(more).toBe(256 * 1024);
  });
});
