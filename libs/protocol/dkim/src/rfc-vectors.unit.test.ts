import { expect, test } from 'vitest';
import { createPrivateKey } from 'node:crypto';
import { HeaderCollector, readHeaderSection } from '@postern/message';
import { BodyHasher } from './body-hasher.ts';
import { canonicalField } from './canonicalization.ts';
import { publicKeyText } from './keys.ts';
import { signMessage } from './sign.ts';
import { type KeyLookup, verifyMessage } from './verify.ts';

/** RFC 6376 §3.4.5. */
const EXAMPLE = { a: 'A: X\r\n', b: 'B : Y\t\r\n\tZ  \r\n', body: ' C \r\nD \t E\r\n\r\n\r\n' };

test('fields have the canonical forms of RFC 6376 §3.4.5', () => {
  expect([EXAMPLE.a, EXAMPLE.b].map((field) => canonicalField(field, 'relaxed')).join('')).toBe('a:X\r\nb:Y Z\r\n');
  expect([EXAMPLE.a, EXAMPLE.b].map((field) => canonicalField(field, 'simple')).join('')).toBe(EXAMPLE.a + EXAMPLE.b);
});

test.for([
  // RFC 6376 §3.4.5, and the hashes of an empty body in §3.4.3 and §3.4.4.
  ['relaxed', EXAMPLE.body, ' C\r\nD E\r\n'],
  ['simple', EXAMPLE.body, ' C \r\nD \t E\r\n'],
  ['relaxed', '', ''],
  ['simple', '', '\r\n'],
  ['relaxed', '\r\n \t\r\n\r\n', ''],
  ['simple', '\r\n\r\n', '\r\n'],
  ['relaxed', 'no line end ', 'no line end\r\n'],
  ['simple', 'no line end ', 'no line end \r\n'],
  ['relaxed', 'a\rb\nc\r', 'a\rb\nc\r\r\n'],
  ['relaxed', 'a \rb', 'a \rb\r\n'],
] as const)('a %s body %j hashes as %j, wherever it is cut', ([how, body, canonical]) => {
  const expected = new BodyHasher('simple');
  expected.push(Buffer.from(canonical));
  const whole =
    canonical === '' ? '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' : expected.digest().toString('base64');
  for (let cut = 0; cut <= body.length; cut++) {
    const hasher = new BodyHasher(how);
    for (const part of [body.slice(0, cut), body.slice(cut)]) hasher.push(Buffer.from(part));
    expect(hasher.digest().toString('base64')).toBe(whole);
  }
});

const MESSAGE = [
  'From: Joe SixPack <joe@football.example.com>',
  'To: Suzie Q <suzie@shopping.example.net>',
  'Subject: Is dinner ready?',
  'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
  'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
  '',
  'Hi.',
  '',
  'We lost the game.  Are you hungry yet?',
  '',
  'Joe.',
  '',
];

/** RFC 8463 appendix A.3. */
const RFC_8463 = [
  'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
  ' subject : date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
  ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
  ' d=football.example.com; i=@football.example.com;',
  ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
  ' date : message-id : from : subject : date;',
  ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
  ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
  ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
  ...MESSAGE,
].join('\r\n');

/** RFC 6376 appendix A.2. */
const RFC_6376 = [
  'DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;',
  '      c=simple/simple; q=dns/txt; i=joe@football.example.com;',
  '      h=Received : From : To : Subject : Date : Message-ID;',
  '      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
  '      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB',
  '      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut',
  '      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV',
  '      4bmp/YzhwvcubU4=;',
  'Received: from client1.football.example.com  [192.0.2.1]',
  '      by submitserver.example.com with SUBMISSION;',
  '      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)',
  ...MESSAGE,
]
  .join('\r\n')
  .replace('game.  Are', 'game. Are');

const KEYS: Readonly<Record<string, string>> = {
  'brisbane._domainkey.football.example.com': 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  'test._domainkey.football.example.com':
    'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB',
  'brisbane._domainkey.example.com':
    'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB',
};

const lookUp: KeyLookup = (name) => {
  const record = KEYS[name];
  return Promise.resolve(record === undefined ? { kind: 'none' } : { kind: 'found', records: [record] });
};

test('the signatures of RFC 8463 appendix A verify', async () => {
  expect(await verify(RFC_8463)).toMatchObject([
    { result: 'pass', algorithm: 'ed25519-sha256', domain: 'football.example.com' },
    { result: 'pass', algorithm: 'rsa-sha256', selector: 'test' },
  ]);
});

test('the signature of RFC 6376 appendix A verifies, simple/simple', async () => {
  expect(await verify(RFC_6376)).toMatchObject([{ result: 'pass', domain: 'example.com' }]);
});

test.for([
  ['the body', 'hungry', 'angry', 'fail'],
  ['a signed field', 'Is dinner', 'Was dinner', 'fail'],
  ['a second From', 'To: Suzie', 'From: x@evil.example\r\nTo: Suzie', 'fail'],
  ['d=', 'd=football.example.com', 'd=evil.example', 'permerror'],
  ['a tag twice', 's=brisbane;', 's=brisbane; s=brisbane;', 'permerror'],
  ['From only once in h=', 'message-id : from :', 'message-id :', 'fail'],
  ['v=', 'v=1', 'v=2', 'permerror'],
  ['l= beyond the body', 's=brisbane;', 's=brisbane; l=9999;', 'permerror'],
] as const)('a message with a change in %s does not pass', async ([, what, by, result]) => {
  const [first] = await verify(RFC_8463.replace(what, by));
  expect(first?.result).toBe(result);
});

test('the key of RFC 8463 has the public key that it says', () => {
  const seed = Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  expect(publicKeyText(privateKey)).toBe('11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=');
});

test('what is signed with the keys of RFC 8463 verifies, and a second From breaks it', async () => {
  const seed = Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64');
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const text = MESSAGE.join('\r\n');
  const { section, body } = split(text);
  const hasher = new BodyHasher('relaxed');
  hasher.push(body);
  const fields = await signMessage({
    sections: [section],
    bodyHash: hasher.digest(),
    keys: [{ domain: 'football.example.com', selector: 'brisbane', algorithm: 'ed25519-sha256', privateKey }],
    at: new Date(1_528_637_909_000),
  });
  expect(await verify(fields.toString() + text)).toMatchObject([{ result: 'pass' }]);
  expect(fields.toString()).toMatch(/h=from:from:/);
  expect(fields.toString()).not.toMatch(/[; ][lx]=/);
  expect(
    fields
      .toString()
      .split('\r\n')
      .every((line) => line.length <= 78),
  ).toBe(true);
  expect(await verify(`${fields.toString()}From: x@evil.example\r\n${text}`)).toMatchObject([{ result: 'fail' }]);
});

function verify(text: string) {
  const { section, body } = split(text);
  return verifyMessage({ section, body: [body] }, lookUp);
}

function split(text: string) {
  const collected = new HeaderCollector(1 << 20).push(Buffer.from(text, 'latin1'));
  if (collected.kind !== 'complete') throw new Error('no header section');
  const reading = readHeaderSection(collected.header);
  if (reading.kind !== 'sound') throw new Error('malformed');
  return { section: reading.section, body: collected.rest.subarray(2) };
}
