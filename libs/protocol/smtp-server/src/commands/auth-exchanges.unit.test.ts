import { chooseMechanism, SERVER_MECHANISMS, TOKEN_MECHANISMS, type ClientExchange } from '@postern/sasl';
import { reply } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import { refused } from '../policy.ts';
import { Dialogue, settled, type DialogueOptions } from '../testing/dialogue.ts';

const base64 = (octets: Buffer | string): string => Buffer.from(octets).toString('base64');
const binding = (type: string): Buffer => Buffer.from(type);

async function submission(options: DialogueOptions = {}): Promise<Dialogue> {
  const dialogue = new Dialogue({ listener: 'submission', tls: 'active', ...options });
  await settled();
  await dialogue.say('EHLO c.example');
  return dialogue;
}

function exchangeOf(mechanism: string, secret = 'secret', name = 'app1'): ClientExchange {
  const choice = chooseMechanism(
    { name, secret, mechanisms: [mechanism] },
    { offers: [mechanism], channel: 'encrypted', binding },
  );
  return choice.kind === 'chosen' ? choice.exchange : expect.unreachable(choice.kind);
}

/** Goes through an exchange up to the last reply; answers the codes that were heard. */
async function heard(dialogue: Dialogue, exchange: ClientExchange): Promise<string[]> {
  const codes: string[] = [];
  let [line = ''] = await dialogue.say(`AUTH ${exchange.mechanism} ${base64(exchange.initialResponse ?? '')}`);
  for (; codes.push(line.slice(0, 3)), line.startsWith('334');) {
    const answer = exchange.respond(Buffer.from(line.slice(4), 'base64'));
    [line = ''] = await dialogue.say(answer.kind === 'response' ? base64(answer.response) : '*');
  }
  return codes;
}

describe('SCRAM', () => {
  it('lets the right secret in after both sides have proved themselves', async () => {
    const dialogue = await submission();
    const exchange = exchangeOf('SCRAM-SHA-256');
    expect(await heard(dialogue, exchange)).toEqual(['334', '334', '235']);
    expect(exchange.complete).toBe(true);
    expect(dialogue.conversation.session.principal).toEqual({ name: 'app1' });
  });

  it.each([
    ['a wrong secret', 'app1', 'wrong'],
    ['a name that nobody has', 'nobody', 'secret'],
  ])('refuses %s in the same words and as many steps', async (_, name, secret) => {
    const dialogue = await submission();
    expect(await heard(dialogue, exchangeOf('SCRAM-SHA-256', secret, name))).toEqual(['334', '535']);
    expect(dialogue.conversation.session.principal).toBeUndefined();
    expect(dialogue.conversation.session.counts.authFailures).toBe(1);
  });

  it('is not over before the client has taken note: nothing else is a command', async () => {
    const dialogue = await submission();
    const exchange = exchangeOf('SCRAM-SHA-256');
    const [first = ''] = await dialogue.say(`AUTH SCRAM-SHA-256 ${base64(exchange.initialResponse ?? '')}`);
    const answer = exchange.respond(Buffer.from(first.slice(4), 'base64'));
    await dialogue.say(base64(answer.kind === 'response' ? answer.response : ''));
    expect(await dialogue.say('MAIL FROM:<>')).toEqual([expect.stringMatching(/^501 /)]);
    expect(dialogue.conversation.session.principal).toBeUndefined();
    expect(await dialogue.say('MAIL FROM:<>')).toEqual([expect.stringMatching(/^530 /)]);
  });

  it.each([0, 1, 2])('is cancelled with * after %i responses, and the session goes on', async (responses) => {
    const dialogue = await submission();
    const exchange = exchangeOf('SCRAM-SHA-256');
    let [line = ''] = await dialogue.say('AUTH SCRAM-SHA-256');
    for (let given = 0; given < responses; given += 1) {
      const answer = given === 0 ? undefined : exchange.respond(Buffer.from(line.slice(4), 'base64'));
      const response = answer?.kind === 'response' ? answer.response : (exchange.initialResponse ?? '');
      [line = ''] = await dialogue.say(base64(response));
    }
    expect(await dialogue.say('*')).toEqual([expect.stringMatching(/^501 /)]);
    expect(await heard(dialogue, exchangeOf('SCRAM-SHA-256'))).toEqual(['334', '334', '235']);
  });

  it('is offered bound to the channel only where there is something to bind it to', async () => {
    const bound = await submission({ channel: { binding } });
    expect(await bound.say('EHLO again.example')).toContain('250 AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN');
    expect(await heard(bound, exchangeOf('SCRAM-SHA-256-PLUS'))).toEqual(['334', '334', '235']);
    const unbound = await submission();
    expect(await heard(unbound, exchangeOf('SCRAM-SHA-256-PLUS'))).toEqual(['504']);
  });

  it('says 454 when nobody can look a name up', async () => {
    const dialogue = await submission({ policy: { verifiers: () => Promise.reject(new Error('away')) } });
    expect(await heard(dialogue, exchangeOf('SCRAM-SHA-256'))).toEqual(['454']);
    expect(dialogue.conversation.session.counts.authFailures).toBe(0);
  });
});

describe('tokens', () => {
  const mechanisms = [...SERVER_MECHANISMS, ...TOKEN_MECHANISMS];

  it.each(['OAUTHBEARER', 'XOAUTH2'])(
    '%s is offered where it is configured, and lets the right one in',
    async (name) => {
      expect(await heard(await submission(), exchangeOf(name, 'token'))).toEqual(['504']);
      expect(await heard(await submission({ mechanisms }), exchangeOf(name, 'token'))).toEqual(['235']);
    },
  );

  it.each(['OAUTHBEARER', 'XOAUTH2'])('%s tells why a token is refused before it refuses', async (name) => {
    const dialogue = await submission({ mechanisms });
    expect(await heard(dialogue, exchangeOf(name, 'stale'))).toEqual(['334', '535']);
    expect(dialogue.conversation.session.counts.authFailures).toBe(1);
  });

  it.each([reply(454, '4.7.0', 'Later'), reply(421, '4.7.0', 'Enough')])('$code comes at once', async (later) => {
    const dialogue = await submission({ mechanisms, policy: { authenticate: () => refused(later) } });
    expect(await heard(dialogue, exchangeOf('OAUTHBEARER', 'token'))).toEqual([String(later.code)]);
  });
});

describe('EXTERNAL', () => {
  const certificate = {
    fingerprintSha256: 'ab',
    subject: 'CN=a',
    issuer: 'anybody',
    validFrom: new Date(0),
    validTo: new Date(1),
  } as const;

  it('is offered to who showed a certificate, and to nobody else', async () => {
    const shown = await submission({ channel: { clientCertificate: certificate } });
    expect(await shown.say('EHLO again.example')).toContain('250 AUTH SCRAM-SHA-256 PLAIN LOGIN EXTERNAL');
    expect(await shown.say('AUTH EXTERNAL =')).toEqual([expect.stringMatching(/^235 /)]);
    const none = await submission();
    expect(await none.say('AUTH EXTERNAL =')).toEqual([expect.stringMatching(/^504 /)]);
  });
});
