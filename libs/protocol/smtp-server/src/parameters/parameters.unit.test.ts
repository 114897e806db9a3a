import { describe, expect, it } from 'vitest';
import { Dialogue } from '../testing/dialogue.ts';
import type { MailParameters, Recipient } from '../policy.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const SECONDS = 1_000;

/** What a message was taken with that came with these words behind MAIL and RCPT. */
async function taken(mail: string, rcpt = ''): Promise<{ parameters: MailParameters; recipient: Recipient }> {
  const dialogue = await Dialogue.greeted({ tls: 'active' });
  const said = await dialogue.say(`MAIL FROM:<a@b.example> ${mail}`, `RCPT TO:<c@d.example> ${rcpt}`, 'DATA', 'a', '.');
  expect(code(said)).toBe('250 2.1.0|250 2.1.5|354 Start|250 2.0.0');
  const transaction = dialogue.messages[0]?.transaction;
  if (!transaction?.recipients[0]) throw new Error('nothing was taken');
  return { parameters: transaction.parameters, recipient: transaction.recipients[0] };
}

describe('parameters of MAIL and RCPT', () => {
  it.each([
    ['RET=HDRS ENVID=QQ+2B314159', { ret: 'HDRS', envid: 'QQ+314159' }],
    ['ret=full', { ret: 'FULL' }],
    ['ENVID=', 'malformed'],
    ['REQUIRETLS', { requireTls: true }],
    ['MT-PRIORITY=-4', { priority: -4 }],
    ['MT-PRIORITY=9', { priority: 9 }],
    ['BY=120;R', { deliverBy: { seconds: 120, mode: 'R', trace: false } }],
    ['by=-5;nt', { deliverBy: { seconds: -5, mode: 'N', trace: true } }],
    ['BY=+999999999;N', { deliverBy: { seconds: 999_999_999, mode: 'N', trace: false } }],
    ['SMTPUTF8 BODY=8BITMIME', { smtpUtf8: true, body: '8BITMIME' }],
  ])('%s', async (words, says) => {
    if (typeof says === 'string') {
      const dialogue = await Dialogue.greeted();
      expect(code(await dialogue.say(`MAIL FROM:<a@b.example> ${words}`))).toBe('501 5.5.4');
    } else expect((await taken(words)).parameters).toMatchObject(says);
  });

  it.each([
    'RET',
    'RET=ALL',
    'ENVID',
    'ENVID=+0D+0A',
    'ENVID=+00',
    'ENVID=a+2',
    'ENVID=a=b',
    `ENVID=${'e'.repeat(101)}`,
    `ENVID=${utf8('ü')}`,
    'REQUIRETLS=yes',
    'SMTPUTF8=yes',
    'MT-PRIORITY',
    'MT-PRIORITY=10',
    'MT-PRIORITY=+4',
    'MT-PRIORITY=-0',
    'MT-PRIORITY=1.5',
    'BY=120',
    'BY=120;X',
    'BY=0;R',
    'BY=-1;R',
    'BY=1234567890;N',
    'HOLDFOR=0',
    'HOLDFOR=-1',
    'HOLDFOR=1e3',
    'HOLDFOR=999999999',
    'HOLDUNTIL=tomorrow',
    'HOLDUNTIL=2026-13-01T00:00:00Z',
    'HOLDUNTIL=9999-01-01T00:00:00Z',
    'HOLDFOR=60 HOLDUNTIL=2026-12-01T00:00:00Z',
    'HOLDFOR=3600 BY=60;R',
    'RET=FULL RET=HDRS',
  ])('MAIL with %s is refused with 501, and no transaction is open', async (words) => {
    const dialogue = await Dialogue.greeted({ tls: 'active' });
    expect(code(await dialogue.say(`MAIL FROM:<a@b.example> ${words}`, 'RCPT TO:<c@d.example>'))).toBe(
      '501 5.5.4|503 5.5.1',
    );
  });

  it('a future release is so many seconds from now, or an instant', async () => {
    const before = Date.now();
    const { parameters } = await taken('HOLDFOR=3600');
    const releaseAt = parameters.releaseAt?.getTime() ?? 0;
    expect(releaseAt).toBeGreaterThanOrEqual(before + 3_600 * SECONDS);
    expect(releaseAt).toBeLessThanOrEqual(Date.now() + 3_600 * SECONDS);
    const at = `${new Date(before + 86_400 * SECONDS).toISOString().slice(0, 19)}Z`;
    expect((await taken(`HOLDUNTIL=${at.toLowerCase()}`)).parameters.releaseAt).toEqual(new Date(at));
    expect((await taken('HOLDUNTIL=2020-01-01T02:00:00+02:00')).parameters.releaseAt).toEqual(new Date('2020-01-01'));
  });

  it('REQUIRETLS is not known in clear, and not offered there (RFC 8689 §2)', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('MAIL FROM:<a@b.example> REQUIRETLS'))).toBe('555 5.5.4');
    expect((await dialogue.say('EHLO c')).join()).not.toContain('REQUIRETLS');
  });

  it.each([
    ['NOTIFY=NEVER', { notify: [] }],
    ['notify=failure,Success', { notify: ['SUCCESS', 'FAILURE'] }],
    ['NOTIFY=DELAY ORCPT=rfc822;Bob+2Btag@d.example', { notify: ['DELAY'], orcpt: 'rfc822;Bob+tag@d.example' }],
    ['ORCPT=utf-8;J\\x{F6}rg@d.example', { orcpt: 'utf-8;J\\x{F6}rg@d.example' }],
  ])('%s', async (words, says) => {
    expect((await taken('', words)).recipient).toMatchObject(says);
  });

  it.each([
    'NOTIFY',
    'NOTIFY=',
    'NOTIFY=NEVER,FAILURE',
    'NOTIFY=ALWAYS',
    'NOTIFY=FAILURE,',
    'ORCPT',
    'ORCPT=bob@d.example',
    'ORCPT=rfc822;',
    'ORCPT=;bob',
    'ORCPT=rfc822;a+0D+0ADATA',
    'ORCPT=rfc822;a+00',
    `ORCPT=rfc822;${'x'.repeat(500)}`,
    `ORCPT=utf-8;${utf8('J\u00f6rg')}@d.example`,
    'ORCPT=utf-8;a\\x{}b',
  ])('RCPT with %s is refused with 501, and the transaction goes on', async (words) => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say('MAIL FROM:<a@b.example>');
    expect(code(await dialogue.say(`RCPT TO:<c@d.example> ${words}`, 'RCPT TO:<c@d.example>'))).toBe(
      '501 5.5.4|250 2.1.5',
    );
  });

  it('with SMTPUTF8 paths may have UTF-8, their domains become A-labels, and ORCPT may too', async () => {
    const dialogue = await Dialogue.greeted();
    const said = await dialogue.say(
      utf8('MAIL FROM:<jörg@bücher.example> SMTPUTF8'),
      utf8('RCPT TO:<οδυσσεύς@παράδειγμα.example> ORCPT=utf-8;οδυσσεύς@παράδειγμα.example'),
      'DATA',
      'a',
      '.',
    );
    expect(code(said)).toBe('250 2.1.0|250 2.1.5|354 Start|250 2.0.0');
    expect(dialogue.messages[0]?.transaction).toMatchObject({
      reversePath: { text: 'jörg@xn--bcher-kva.example' },
      recipients: [
        { forwardPath: { text: 'οδυσσεύς@xn--hxajbheg2az3al.example' }, orcpt: 'utf-8;οδυσσεύς@παράδειγμα.example' },
      ],
    });
  });

  it.each([
    ['RCPT TO:<c@d.example>', utf8('RCPT TO:<ü@d.example>'), '553 5.6.7'],
    ['RCPT TO:<c@d.example>', utf8('RCPT TO:<c@ü.example>'), '553 5.6.7'],
  ])(
    'without SMTPUTF8 a forward-path beyond ASCII is refused, and the others go on',
    async (first, second, refusal) => {
      const dialogue = await Dialogue.greeted();
      await dialogue.say('MAIL FROM:<a@b.example>');
      expect(code(await dialogue.say(first, second, first))).toBe(`250 2.1.5|${refusal}|250 2.1.5`);
    },
  );

  it('a control character beyond ASCII in a path is no path, with SMTPUTF8 neither', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say(utf8('MAIL FROM:<a\u0085b@b.example> SMTPUTF8')))).toBe('501 5.1.7');
  });

  it('a client that said HELO has no parameters of RCPT either', async () => {
    const dialogue = await Dialogue.greeted();
    const said = await dialogue.say('HELO c', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example> NOTIFY=NEVER');
    expect(code(said)).toBe('250 gw.ex|250 2.1.0|555 5.5.4');
  });
});
