import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrivalOf, authenticated, type Scenario, scenario, sendRaw } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const FROM = 'From: app@lab.example\r\nDate: Sun, 22 Nov 2026 03:26:00 +0000\r\nMessage-ID: <1@lab.example>\r\n';
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Parts in parts, each with a boundary of its own. */
function nested(depth: number): string {
  let inner = 'Content-Type: text/plain\r\n\r\nat the bottom\r\n';
  for (let level = 0; level < depth; level += 1)
    inner = `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n${inner}\r\n--b${level}--\r\n`;
  return inner;
}

/** Messages that are hard to read, in the ways in which readers of mail were broken. */
const TORTURES: readonly (readonly [string, string])[] = [
  ['300 multiparts in one another', `MIME-Version: 1.0\r\n${nested(300)}`],
  ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=never\r\n\r\n--other\r\n\r\nx\r\n'],
  ['a boundary that is empty', 'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nx\r\n----\r\n'],
  [
    'a boundary that is its own prefix',
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--bb\r\n\r\ny\r\n--b--\r\n',
  ],
  [
    'two Content-Types',
    'Content-Type: text/plain\r\nContent-Type: text/html\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nx\r\n',
  ],
  ['10,000 parts', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--\r\n`],
  [
    'charsets that do not exist',
    'Subject: =?x-unknown?q?a?= =?utf-8?b?////?= =?utf-8?q?=ED=A0=80?=\r\nContent-Type: text/plain; charset="\\"; x=1"\r\n\r\nx\r\n',
  ],
  [
    'a file name in pieces (RFC 2231)',
    `Content-Disposition: attachment; filename*0*=utf-8''%2e; filename*1=exe; filename*999999999=x; filename="safe.txt"\r\n\r\nx\r\n`,
  ],
  ['8-bit octets in every field', `Subject: \xfc\xff\xfe\r\nX-\x7e: \x80\r\nTo: \xe4@receiver.example\r\n\r\n\xfc\r\n`],
  ['encoded words that overlap', 'Subject: =?utf-8?q?=?utf-8?q?x?==?= =?=?=?= =??q??=\r\n\r\nx\r\n'],
  ['a base64 that is none', 'Content-Transfer-Encoding: base64\r\n\r\n!!!! not base64 ====\r\n=\r\n'],
  [
    'a quoted-printable that ends in the middle',
    'Content-Transfer-Encoding: quoted-printable\r\n\r\n=\r\n=X\r\n=0\r\n='.concat('\r\n'),
  ],
  [
    'fields that are names of methods',
    '__proto__: x\r\nconstructor: y\r\nhasOwnProperty: z\r\ntoString: t\r\n\r\nx\r\n',
  ],
  [
    'an anti-virus test file',
    'X-A: b\r\n\r\nX5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*\r\n',
  ],
  ['a spam test text', 'X-A: b\r\n\r\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\r\n'],
  [
    'every octet that may stand in a line',
    `X-A: b\r\n\r\n${[...Array(256).keys()]
      .filter((o) => ![0, 10, 13].includes(o))
      .map((o) => String.fromCharCode(o))
      .join('')}\r\n`,
  ],
  [
    'spaces at the ends of lines, and lines of nothing else',
    'X-A: b \t\r\nX-C:\t\r\n\r\n \r\n\t\r\n.\r\nx \r\n\r\n\r\n',
  ],
  ['header fields that look like a body', 'X-A: b\r\n X-C: d\r\n\t\r\n\r\nX-E: f\r\n\r\nx\r\n'],
  [
    'a DKIM signature of somebody else',
    'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=x; h=from; bh=; b=\r\n\r\nx\r\n',
  ],
  [
    'a message in a message in a message',
    `Content-Type: message/rfc822\r\n\r\n${'Content-Type: message/rfc822\r\n\r\n'.repeat(200)}From: x\r\n\r\nx\r\n`,
  ],
];

test.each(TORTURES)('%s: octet for octet below the fields that we added', async (_, rest) => {
  const content = latin1(FROM + rest);
  using client = await authenticated(world);
  const stuffed = latin1(content.toString('latin1').replaceAll(/^\./gm, '..'));
  const { content: arrived = Buffer.alloc(0) } = await arrivalOf(world.internet.host, await sendRaw(client, stuffed));
  expect(sha256(arrived.subarray(-content.length))).toBe(sha256(content));
  expect(arrived.subarray(0, -content.length).toString()).toMatch(/^Received: /);
});

test('operators can look at all of them', async () => {
  const found = await world.gateway.cli(['message', 'find', 'state:delivered']);
  expect(found.match(/app@lab\.example/g)?.length).toBeGreaterThanOrEqual(TORTURES.length);
  // oxlint-disable-next-line no-control-regex -- control characters are what it is about
  expect(found).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

function sha256(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
