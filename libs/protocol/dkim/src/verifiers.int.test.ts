import { readHeaderSection } from '@postern/message';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { beforeAll, expect, test } from 'vitest';
import { BodyHasher } from './body-hasher.ts';
import { formatKeyRecord, keyRecordName } from './key-record.ts';
import { generateDkimKey, publicKeyText, readPrivateKey } from './keys.ts';
import { type SignerKey, signMessage } from './sign.ts';
import { dkimpyVerdicts } from './testing/dkimpy.ts';
import { oddMessages, type OddMessage } from './testing/odd-messages.ts';
import { verifyMessage } from './verify.ts';

const MESSAGES = oddMessages(400);
const DOMAIN = 'example.org';
let keys: readonly SignerKey[];
let records: Readonly<Record<string, string>>;
let signed: readonly Buffer[];

beforeAll(async () => {
  keys = await Promise.all(
    (['rsa-sha256', 'ed25519-sha256'] as const).map(async (algorithm) => {
      const reading = readPrivateKey(await generateDkimKey(algorithm));
      if (reading.kind === 'refused') throw new Error(reading.reason);
      return { domain: DOMAIN, selector: algorithm.slice(0, 3), algorithm, privateKey: reading.privateKey };
    }),
  );
  records = Object.fromEntries(
    keys.map(({ selector, algorithm, privateKey }) => [
      keyRecordName(selector, DOMAIN),
      formatKeyRecord({ algorithm, publicKey: publicKeyText(privateKey) }),
    ]),
  );
  signed = await Promise.all(MESSAGES.map(signOdd));
});

test('dkimpy verifies both signatures of every odd message', async () => {
  const verdicts = await dkimpyVerdicts(signed, records);
  expect(failures(verdicts)).toEqual([]);
});

test('mailauth verifies both signatures of every odd message', async () => {
  const verdicts = await Promise.all(
    signed.map(async (message) => {
      const { results } = await dkimVerify(message, { resolver });
      return results.filter(({ signingDomain }) => signingDomain === DOMAIN).map(({ status }) => status.result);
    }),
  );
  expect(failures(verdicts)).toEqual([]);
});

test('our own verifier agrees', async () => {
  const verdicts = await Promise.all(signed.map(async (message) => (await verdictsOf(message)).slice(0, 2)));
  expect(failures(verdicts)).toEqual([]);
});

test('35 MB that come in small chunks are signed without being kept, and verify', async () => {
  const line = Buffer.from('A line of an attachment that is large,  with two spaces and a tab\t at times. \r\n');
  const chunk = Buffer.concat(Array.from({ length: 800 }, () => line));
  const count = Math.ceil((35 * 1024 * 1024) / chunk.length);
  const before = process.memoryUsage().arrayBuffers;
  const hasher = new BodyHasher('relaxed');
  for (let n = 0; n < count; n++) hasher.push(chunk);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
  const header = 'From: app@example.org\r\nSubject: large\r\n';
  const fields = await signWith(header, hasher.digest());
  const front = Buffer.from(`${fields.toString('latin1')}${header}\r\n`, 'latin1');
  const message = Buffer.concat([front, ...Array.from({ length: count }, () => chunk)]);
  expect(await dkimpyVerdicts([message], records)).toEqual([['pass', 'pass']]);
  const { results } = await dkimVerify(message, { resolver });
  expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
});

function failures(verdicts: readonly (readonly string[])[]): readonly unknown[] {
  return verdicts.flatMap((each, index) =>
    each.length === 2 && each.every((verdict) => verdict === 'pass')
      ? []
      : [[MESSAGES[index]?.name, each, JSON.stringify(MESSAGES[index]).slice(0, 400)]],
  );
}

async function signOdd({ header, body }: OddMessage): Promise<Buffer> {
  const hasher = new BodyHasher('relaxed');
  // As it comes over the wire, in pieces that end anywhere.
  const octets = Buffer.from(body ?? '', 'latin1');
  for (let at = 0; at < octets.length; at += 37) hasher.push(octets.subarray(at, at + 37));
  const fields = await signWith(header, hasher.digest());
  const end = body === undefined ? '' : `\r\n${body}`;
  return Buffer.concat([fields, Buffer.from(header + end, 'latin1')]);
}

function signWith(header: string, bodyHash: Buffer): Promise<Buffer> {
  return signMessage({ sections: [sectionOf(header)], bodyHash, keys, at: new Date() });
}

function verdictsOf(message: Buffer): Promise<readonly string[]> {
  const border = message.indexOf('\r\n\r\n');
  const header = border === -1 ? message : message.subarray(0, border + 2);
  const body = border === -1 ? [] : [message.subarray(border + 4)];
  const lookUp = (name: string) => Promise.resolve({ kind: 'found' as const, records: [records[name] ?? ''] });
  return verifyMessage({ section: sectionOf(header.toString('latin1')), body }, lookUp).then((results) =>
    results.map(({ result }) => result),
  );
}

function sectionOf(header: string) {
  const reading = readHeaderSection(Buffer.from(header, 'latin1'));
  if (reading.kind === 'malformed') throw new Error(`${reading.fault.reason}: ${JSON.stringify(header)}`);
  return reading.section;
}

/** As node:dns answers a question for TXT. */
function resolver(name: string): Promise<string[][]> {
  const record = records[name.replace(/\.$/, '')];
  if (record === undefined) return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  return Promise.resolve([[record]]);
}
