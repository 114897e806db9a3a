/** How fast the content scanner is: `node libs/protocol/smtp-server/bench/scanner.mjs`. Needs a build. */
import { ContentScanner } from '../dist/index.js';

const MESSAGE_OCTETS = 10 * 1024;
const CONTENTS = {
  'lines of 76': `${'x'.repeat(76)}\r\n`,
  'lines of 20': `${'x'.repeat(20)}\r\n`,
  'lines of 998': `${'x'.repeat(998)}\r\n`,
  'stuffed dots': `..${'x'.repeat(74)}\r\n`,
  'octets beyond ASCII': `${'é'.repeat(38)}\r\n`,
};

for (const [title, line] of Object.entries(CONTENTS)) {
  const content = Buffer.from(`${line.repeat(Math.ceil(MESSAGE_OCTETS / line.length))}.\r\n`);
  measure(content, 5_000);
  const { perSecond, megabytes } = measure(content, 20_000);
  console.log(
    `${title.padEnd(20)} ${perSecond.toFixed(0).padStart(8)} messages/s ${megabytes.toFixed(0).padStart(6)} MB/s`,
  );
}

function measure(content, count) {
  const chunks = Array.from({ length: 64 }, () => Buffer.from(content));
  const started = performance.now();
  for (let message = 0; message < count; message++) {
    // The scanner takes dots out in place, so a chunk with dots can be scanned once.
    const chunk = chunks[message % chunks.length];
    if (content[0] === 0x2e) content.copy(chunk);
    if (!new ContentScanner().push(chunk).rest) throw new Error('no end');
  }
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: count / seconds, megabytes: (count * content.length) / seconds / 1e6 };
}
