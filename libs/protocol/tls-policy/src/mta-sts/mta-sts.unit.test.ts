import { describe, expect, test } from 'vitest';
import { namesHost } from './names-host.ts';
import { readStsPolicy, stsPolicyLines } from './sts-policy.ts';
import { readStsRecord } from './sts-record.ts';

describe('the TXT records at _mta-sts', () => {
  test.each([
    ['the usual one', ['v=STSv1; id=20160831085700Z;'], '20160831085700Z'],
    ['no semicolon at the end', ['v=STSv1;id=a1'], 'a1'],
    ['blanks around the semicolons', ['v=STSv1 \t; id=a1 \t; '], 'a1'],
    ['fields of the future', ['v=STSv1; x-new.field_1=a/b:c; id=a1;'], 'a1'],
    ['the id twice', ['v=STSv1; id=first; id=second;'], 'first'],
    ['records of others beside it', ['v=spf1 -all', 'v=STSv1; id=a1;', 'v=STSv2; id=b;'], 'a1'],
    ['32 characters', [`v=STSv1; id=${'a'.repeat(32)};`], 'a'.repeat(32)],
    ['none', [], undefined],
    ['two', ['v=STSv1; id=a;', 'v=STSv1; id=b;'], undefined],
    ['two alike', ['v=STSv1; id=a;', 'v=STSv1; id=a;'], undefined],
    ['garbage', ['\u0000ÿ;;='], undefined],
    ['64 KiB', [`v=STSv1; id=a; x=${'y'.repeat(65_536)}`], undefined],
    ['another version', ['v=STSv2; id=a;'], undefined],
    ['the version in lower case', ['v=stsv1; id=a;'], undefined],
    ['no id', ['v=STSv1;'], undefined],
    ['the version alone', ['v=STSv1'], undefined],
    ['an empty id', ['v=STSv1; id=;'], undefined],
    ['an id of 33 characters', [`v=STSv1; id=${'a'.repeat(33)};`], undefined],
    ['an id with a hyphen', ['v=STSv1; id=2016-08;'], undefined],
    ['a blank in front', [' v=STSv1; id=a;'], undefined],
    ['an empty field', ['v=STSv1;; id=a;'], undefined],
    ['a field without a value', ['v=STSv1; id=a; x'], undefined],
  ])('%s: %3$s', (_, texts, id) => {
    expect(readStsRecord(texts)).toMatchObject(id === undefined ? { kind: 'none' } : { kind: 'id', id });
  });
});

const good = 'version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n';

describe('a policy file', () => {
  test.each([
    ['as in the standard', good],
    ['with CRLF', good.replaceAll('\n', '\r\n')],
    ['without an end of its last line', good.trimEnd()],
    ['without blanks', good.replaceAll(': ', ':')],
    ['with blanks at the ends of lines', good.replaceAll('\n', ' \t\n')],
    ['in another order', good.trim().split('\n').toReversed().join('\n')],
    ['with fields of the future', `${good}x-new: any thing, ünd more\n`],
    ['with fields twice', `${good}mode: none\nmax_age: 1\nversion: STSv9\n`],
    ['with names in capitals', good.replace('mail.example.com', 'Mail.EXAMPLE.com')],
  ])('%s is read', (_, text) => {
    expect(readStsPolicy(text)).toEqual({
      kind: 'policy',
      policy: {
        mode: 'enforce',
        mx: expect.arrayContaining(['mail.example.com', '*.example.net']),
        maxAgeSeconds: 604_800,
      },
    });
  });

  test.each([
    ['empty', ''],
    ['HTML', '<!doctype html>\n<html>\n</html>\n'],
    ['without version', good.replace('version: STSv1\n', '')],
    ['of another version', good.replace('STSv1', 'STSv2')],
    ['without mode', good.replace('mode: enforce\n', '')],
    ['with a mode that there is not', good.replace('enforce', 'Enforce')],
    ['without mx', good.replaceAll(/mx: .*\n/g, '')],
    ['without max_age', good.replace(/max_age.*\n/, '')],
    ['with a negative max_age', good.replace('604800', '-1')],
    ['with a max_age of 11 digits', good.replace('604800', '12345678901')],
    ['with an mx that is a wildcard alone', good.replace('mail.example.com', '*')],
    ['with an mx with a wildcard inside', good.replace('mail.example.com', 'mail.*.com')],
    ['with an mx that starts half wild', good.replace('mail.example.com', 'm*.example.com')],
    ['with an mx that is empty', good.replace('mail.example.com', '')],
    ['with an mx with two dots', good.replace('mail.example.com', 'mail..com')],
    ['with an empty line', good.replace('\nmx', '\n\nmx')],
    ['with a NUL', good.replace('enforce', 'enforce\u0000')],
    ['with thousands of mx', good + 'mx: a.example\n'.repeat(5_000)],
  ])('%s is invalid', (_, text) => {
    expect(readStsPolicy(text)).toMatchObject({ kind: 'invalid' });
  });

  test('of the mode none needs no mx', () => {
    const text = 'version: STSv1\nmode: none\nmax_age: 86400\n';
    expect(readStsPolicy(text)).toMatchObject({ policy: { mode: 'none', mx: [] } });
  });

  test('counts for a year and no longer', () => {
    expect(readStsPolicy(good.replace('604800', '9999999999'))).toMatchObject({
      policy: { maxAgeSeconds: 31_557_600 },
    });
  });

  test('is quoted in a report as lines', () => {
    const read = readStsPolicy(good);
    expect(read.kind === 'policy' && stsPolicyLines(read.policy).join('\n')).toBe(good.trimEnd());
  });
});

test.each([
  ['mail.example.com', 'mail.example.com', true],
  ['mail.example.com', 'MAIL.example.com.', true],
  ['*.example.com', 'mx.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.mx.example.com', false],
  ['*.example.com', '.example.com', false],
  ['mail.example.com', 'mail.example.com.evil.example', false],
  ['*.example.com', 'mx.evilexample.com', false],
])('the pattern %s names the host %s: %s', (pattern, host, expected) => {
  expect(namesHost({ mx: [pattern] }, host)).toBe(expected);
});
