/** A message that some verifier may read otherwise than we do. */
export interface OddMessage {
  readonly name: string;
  /** The header section with CRLF line ends, without the empty line. */
  readonly header: string;
  /** What follows the empty line; undefined when there is none. Characters are octets. */
  readonly body: string | undefined;
}

const FROM = 'From: App <app@example.org>\r\n';
const USUAL = `${FROM}To: someone@example.com\r\nSubject: hello\r\nDate: Sun, 22 Nov 2026 03:26:00 +0000\r\nMessage-ID: <1@example.org>\r\n`;

const BODIES: Readonly<Record<string, string | undefined>> = {
  'no empty line and no body': undefined,
  'an empty body': '',
  'one empty line': '\r\n',
  'many empty lines': '\r\n'.repeat(50_000),
  'lines of white space only': ' \r\n\t\r\n \t \r\n',
  'white space at the end of lines': 'a \r\nb\t\r\nc \t \r\n\r\n',
  'runs of white space': 'a  b\t\tc \t d\r\n',
  'leading white space': '  a\r\n\tb\r\n',
  'empty lines inside': 'a\r\n\r\n\r\nb\r\n\r\n\r\n',
  'white space before the last line ends': 'a\r\n  \r\n\t\r\n',
  'no line end at the end': 'a\r\nb',
  'lines of dots': '.\r\n..\r\n...\r\n.a\r\n',
  'every octet': [...Array(256).keys()]
    .filter((octet) => ![0, 10, 13].includes(octet))
    .map((octet) => String.fromCharCode(octet))
    .join('')
    .concat('\r\n'),
  'a line of 100,000 characters': `${'b'.repeat(100_000)}\r\n`,
  'a line of 100,000 spaces': `a${' '.repeat(100_000)}\r\nb\r\n`,
  'Latin-1 and UTF-8': 'caf\xe9 caf\xc3\xa9\r\n',
};

const HEADERS: Readonly<Record<string, string>> = {
  'From only': FROM,
  'a From that is folded everywhere': 'From:\r\n App\r\n\t<app@example.org>\r\n \r\n',
  'odd case and spacing':
    'fRoM:App <app@example.org>  \r\nTO:   a@example.com,\r\n\t b@example.com\r\nSubject:x\t\ty\r\n',
  'an empty Subject': `${FROM}Subject:\r\n`,
  'a Subject of white space': `${FROM}Subject: \t \r\n \r\n`,
  'a Subject with colons, semicolons and b=': `${FROM}Subject: b=1; h=from:to; bh=2: x\r\n`,
  '8-bit octets in a Subject': `${FROM}Subject: caf\xe9 caf\xc3\xa9\r\n`,
  'encoded words': `${FROM}Subject: =?utf-8?q?caf=C3=A9?=\r\n =?utf-8?b?Y2Fmw6k=?=\r\n`,
  'several To fields': `${FROM}To: a@example.com\r\nTo: b@example.com\r\nTo: c@example.com\r\n`,
  'fields around a trace': `Received: by x; Sun, 22 Nov 2026 03:26:00 +0000\r\n${USUAL}Received: by y\r\n`,
  'one-click unsubscribe': `${USUAL}List-Unsubscribe: <https://example.org/u/1>,\r\n <mailto:u@example.org>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`,
  'names of objects': `${USUAL}__proto__: x\r\nconstructor: y\r\ntoString: z\r\n`,
  'a signature of somebody else': `DKIM-Signature: v=1; a=rsa-sha256; d=other.example; s=x; h=from; bh=AA==; b=AA==\r\n${USUAL}`,
  'three hundred fields': USUAL + Array.from({ length: 300 }, (_, n) => `X-Field-${n}: ${n}\r\n`).join(''),
  'twenty References': USUAL + 'References: <1@example.org>\r\n'.repeat(20),
  'a field of 20,000 characters': `${USUAL}X-Long: ${'x'.repeat(20_000)}\r\nReferences:${' <1@example.org>\r\n'.repeat(400).slice(0, -2)}\r\n`,
};

/** Messages that are odd by hand, and many that are odd by chance, the same ones every time. */
export function oddMessages(byChance: number): readonly OddMessage[] {
  const byHand = [
    ...Object.entries(BODIES).map(([name, body]) => ({ name, header: USUAL, body })),
    ...Object.entries(HEADERS).map(([name, header]) => ({ name, header, body: 'Hello\r\n' })),
  ];
  const random = generator(20261122);
  return [...byHand, ...Array.from({ length: byChance }, (_, index) => chance(index, random))];
}

const VALUES = [
  'a',
  'B c',
  '  ',
  '\t',
  '\r\n ',
  '\r\n\t',
  'x=y;',
  ':',
  '\xe9',
  '\xc3\xa9',
  '"q \\" q"',
  '(c (d))',
  '=?utf-8?q?=20?=',
  '<',
  '>',
  ',',
];
const NAMES = [
  'To',
  'Cc',
  'Subject',
  'reply-to',
  'REFERENCES',
  'In-Reply-To',
  'Content-Type',
  'MIME-Version',
  'List-Id',
  'X-Odd',
  'Sender',
  'Date',
  'Message-Id',
];
const WORDS = [
  'a',
  'word',
  ' ',
  '  ',
  '\t',
  '\r\n',
  '\r\n',
  ' \r\n',
  '\t\r\n',
  '.',
  '--',
  '=\r\n',
  '\xff',
  '\xc3\xa9',
  'From ',
  'DKIM-Signature: x\r\n',
];

function chance(index: number, random: () => number): OddMessage {
  const some = (from: readonly string[], most: number): string =>
    Array.from({ length: Math.floor(random() * most) }, () => from[Math.floor(random() * from.length)]).join('');
  const fields = Array.from(
    { length: Math.floor(random() * 12) },
    () => `${some(NAMES, 2) || 'X-Y'}:${some(VALUES, 12)}z\r\n`,
  );
  fields.splice(
    Math.floor(random() * fields.length),
    0,
    `From:${some(['\r\n ', '\r\n\t', ' ', '\t'], 5)} app@example.org\r\n`,
  );
  // A line of white space only would be the end of the header section to some.
  const header = fields.join('').replaceAll(/\r\n[ \t]+(?=\r\n)/g, '');
  // What comes over SMTP ends with a line end; without one, verifiers differ on white space at the very end.
  return { name: `by chance ${index}`, header, body: `${some(WORDS, 60)}\r\n` };
}

/** A small generator of pseudo-random numbers (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
