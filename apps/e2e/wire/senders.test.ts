import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrivalOf, authenticated, type RawReply, type Scenario, scenario, sendRaw } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

/** Its rules: one mailbox, a domain, the sub-domains of a third, and a domain in its A-label form. */
const RULES = ['app@one.example', '@two.example', '@*.three.example', '@xn--bcher-kva.example'];
let many: { readonly user: string; readonly password: string };
beforeAll(async () => {
  many = await world.gateway.credential('many', RULES);
});

describe('MAIL FROM', () => {
  test.each([
    ['app@one.example', 250],
    ['APP@One.Example', 250],
    ['"app"@one.example', 250],
    ['a\\pp@one.example', 501],
    ['"a\\pp"@one.example', 250],
    ['app+tag@one.example', 250],
    ['other@one.example', 550],
    ['app.@one.example', 501],
    ['app@one.example.', 501],
    ['app@sub.one.example', 550],
    ['app@one.example.evil.example', 550],
    ['app@xone.example', 550],
    ['"app@one.example"@evil.example', 550],
    ['app%one.example@evil.example', 550],
    ['@one.example:app@evil.example', 550],
    ['any@two.example', 250],
    ['any@sub.two.example', 550],
    ['any@sub.three.example', 250],
    ['any@deep.sub.three.example', 250],
    ['any@three.example', 550],
    ['any@xthree.example', 550],
    ['any@xn--bcher-kva.example', 250],
    ['any@XN--BCHER-KVA.example', 250],
    ['any@bücher.example', 553],
    ['app@[127.0.0.1]', 550],
  ])('<%s> under the rules of one mailbox, a domain and sub-domains is answered %i', async (reversePath, code) => {
    using client = await authenticated({ ...world, ...many });
    expect((await client.ask(`MAIL FROM:<${reversePath}>`)).code).toBe(code);
  });

  test('a null reverse-path is refused, unless the credential may send DSNs', async () => {
    using without = await authenticated(world);
    expect((await without.ask('MAIL FROM:<>')).text).toMatch(/^550 5\.7\.1 /);
    const reporter = await world.gateway.credential('reporter', ['<>', '@lab.example']);
    using client = await authenticated({ ...world, ...reporter });
    const accepted = await sendRaw(client, message('From: postmaster@lab.example'), { from: '' });
    expect((await arrivalOf(world.internet.host, accepted)).reversePath).toBe('');
  });
});

describe('in the header section', () => {
  test.each([
    ['a From outside the sender rules', 'From: ceo@bank.example', /^550 5\.7\.1 .*ceo@bank\.example/],
    ['a From of a sub-domain', 'From: ceo@sub.lab.example', /^550 5\.7\.1 /],
    [
      'one of two Froms outside the rules',
      'From: app@lab.example, ceo@bank.example\r\nSender: app@lab.example',
      /^550 5\.7\.1 /,
    ],
    ['a Sender outside the rules', 'From: app@lab.example\r\nSender: ceo@bank.example', /^550 5\.7\.1 .*Sender/],
    ['two From fields', 'From: app@lab.example\r\nFrom: ceo@bank.example', /^550 5\.6\.0 .*2 From fields/],
    [
      'two From fields, one with a space before its colon',
      'From: app@lab.example\r\nFrom : ceo@bank.example',
      /^550 5\.6\.0 /,
    ],
    [
      'two Sender fields',
      'From: app@lab.example\r\nSender: app@lab.example\r\nSender: ceo@bank.example',
      /^550 5\.6\.0 /,
    ],
    ['no From field', 'Subject: nobody', /^550 5\.6\.0 .*no From/],
    ['a From that names nobody', 'From: nobody:;', /^550 5\.6\.0 /],
    ['an empty From', 'From:', /^550 5\.6\.0 /],
    ['two authors and no Sender', 'From: app@lab.example, other@lab.example', /^550 5\.6\.0 .*no Sender/],
    ['an address in the display name, bare', 'From: ceo@bank.example <app@lab.example>', /^550 5\.6\.0 /],
    ['an address behind the address', 'From: <app@lab.example> <ceo@bank.example>', /^550 5\.6\.0 /],
    ['an address behind a comma of no quotes', 'From: ceo@bank.example, <app@lab.example>', /^550 5\./],
    ['a comment inside the address', 'From: app(x)@lab.example', /^550 5\.6\.0 /],
    ['a quote that is not closed', 'From: "ceo@bank.example <app@lab.example>', /^550 5\.6\.0 /],
    ['a From of another, folded', 'From:\r\n ceo@bank.example', /^550 5\.7\.1 /],
    ['a From of another, quoted', 'From: "app@lab.example"@bank.example', /^550 5\.7\.1 /],
    ['a From of another behind a route', 'From: <@lab.example:ceo@bank.example>', /^550 5\.7\.1 /],
    ['a group with a stranger in it', 'From: app@lab.example: ceo@bank.example;', /^550 5\./],
    ['a Resent-From of another', 'From: app@lab.example\r\nResent-From: ceo@bank.example', /^550 5\.7\.1 /],
    [
      'a Resent-Sender of another',
      'From: app@lab.example\r\nResent-From: app@lab.example\r\nResent-Sender: ceo@bank.example',
      /^550 5\.7\.1 /,
    ],
  ])('%s is refused', async (_, fields, expected) => {
    expect((await send(message(fields))).text).toMatch(expected);
  });

  test.each([
    ['that are allowed, with SMTPUTF8', 'From: <any@bücher.example>', ' SMTPUTF8', /^250 /],
    ['that are allowed, without SMTPUTF8', 'From: <any@bücher.example>', '', /^550 5\.6\.7 /],
    ['of a stranger', 'From: <any@bänk.example>', ' SMTPUTF8', /^550 5\.7\.1 /],
    ['of a stranger, as Sender', 'From: app@one.example\r\nSender: <any@bänk.example>', ' SMTPUTF8', /^550 5\.7\.1 /],
  ])('From in U-labels %s is judged by its A-labels', async (_, fields, parameter, expected) => {
    using client = await authenticated({ ...world, ...many });
    await client.ask(`MAIL FROM:<any@two.example>${parameter}`);
    await client.ask('RCPT TO:<someone@receiver.example>');
    await client.ask('DATA');
    await client.write(message(fields));
    expect((await client.ask('.')).text).toMatch(expected);
  });

  test.each([
    ['an address as a quoted name', 'From: "ceo@bank.example" <app@lab.example>'],
    [
      'an address in an encoded word',
      'From: =?utf-8?q?ceo=40bank.example_=3Cceo=40bank.example=3E?= <app@lab.example>',
    ],
    ['a name written from right to left', 'From: =?utf-8?q?=E2=80=AEelpmaxe.knab=40oec?= <app@lab.example>'],
    ['an address in a comment', 'From: app@lab.example (ceo@bank.example)'],
    ['8-bit letters in the name', 'From: J\u00fcrgen <app@lab.example>'],
    ['a tag', 'From: app+tag@lab.example'],
    ['several authors and a Sender', 'From: app@lab.example, other@lab.example\r\nSender: app@lab.example'],
  ])('%s is let through as it was written: it is the address that counts', async (_, fields) => {
    const arrived = await deliver(message(fields));
    expect(arrived).toContain(`\r\n${fields}\r\n`);
  });
});

test('Bcc, Return-Path and our own fields are taken out, folded or not, and everything else stays in its order', async () => {
  const kept = [
    'From: app@lab.example',
    'Received: from before by other.example; Sun, 22 Nov 2026 03:26:00 +0000',
    'Reply-To: other@lab.example',
    'X-Bcc: kept@lab.example',
    'Date: Sun, 22 Nov 2026 03:26:00 +0000',
    'Message-ID: <1@lab.example>',
  ];
  const removed = [
    'Bcc: secret@receiver.example,',
    ' second-secret@receiver.example',
    'bCC : third-secret@receiver.example',
    'Resent-Bcc: fourth-secret@receiver.example',
    'Return-Path: <secret@lab.example>',
    'X-Postern-Hold: secret',
  ];
  const fields = [...removed.slice(0, 2), ...kept.slice(0, 3), ...removed.slice(2, 5), ...kept.slice(3), removed[5]];
  const arrived = await deliver(message(fields.join('\r\n')));
  expect(arrived).not.toMatch(/secret/);
  expect(arrived.endsWith(`\r\n${kept.join('\r\n')}\r\n\r\nbody\r\n`)).toBe(true);
});

test('Date and Message-ID are added when they are missing, below a Received field of ours on top', async () => {
  const arrived = await deliver(message('From: app@lab.example'));
  const [top, ...below] = unfolded(arrived);
  expect(top).toMatch(
    /^Received: from client\.lab\.example \(\[127\.0\.0\.1\]\) \(using TLS\S+ with cipher \S+\) by gateway\.lab\.example with ESMTPSA id [0-9a-f-]{36} for <someone@receiver\.example>; \w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} [+-]\d{4}/,
  );
  const id = / id ([0-9a-f-]{36})/.exec(top ?? '')?.[1];
  expect(below).toContain(`Message-ID: <${id}@gateway.lab.example>`);
  expect(below.find((field) => field.startsWith('Date: '))).toMatch(
    /^Date: \w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} [+-]\d{4}$/,
  );
});

test('Date and Message-ID that are there stay as they are, and no second one is added', async () => {
  const arrived = await deliver(message('From: app@lab.example\r\ndate: yesterday\r\nMESSAGE-ID: <mine@lab.example>'));
  expect(arrived.match(/^date:/gim)).toHaveLength(1);
  expect(arrived.match(/^message-id:/gim)).toHaveLength(1);
  expect(arrived).toContain('\r\ndate: yesterday\r\nMESSAGE-ID: <mine@lab.example>\r\n');
});

test('a Received field for several recipients names none of them to the others', async () => {
  using client = await authenticated(world);
  await client.ask('MAIL FROM:<app@lab.example>');
  for (const name of ['first', 'hidden']) expect(await client.code(`RCPT TO:<${name}@receiver.example>`)).toBe(250);
  await client.ask('DATA');
  await client.write(message('From: app@lab.example'));
  const { content } = await arrivalOf(world.internet.host, await client.ask('.'));
  expect(content?.toString()).not.toMatch(/hidden|first@/);
});

test('a message that has been here again and again is refused as a loop', async () => {
  const received = 'Received: from a by gateway.lab.example with ESMTP id 1; Sun, 22 Nov 2026 03:26:00 +0000';
  expect((await send(message(`${`${received}\r\n`.repeat(4)}From: app@lab.example`))).text).toMatch(/^554 5\.4\.6 /);
  const others = received.replace('gateway.lab', 'other');
  expect((await send(message(`${`${others}\r\n`.repeat(51)}From: app@lab.example`))).text).toMatch(/^554 5\.4\.6 /);
});

async function send(content: string): Promise<RawReply> {
  using client = await authenticated(world);
  return await sendRaw(client, content);
}

/** Sends a message that must be accepted; answers what arrived. */
async function deliver(content: string): Promise<string> {
  const { content: arrived } = await arrivalOf(world.internet.host, await send(content));
  return arrived?.toString('utf8') ?? '';
}

function message(fields: string): string {
  return `${fields}\r\n\r\nbody\r\n`;
}

function unfolded(content: string): readonly string[] {
  return content
    .slice(0, content.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n(?=[ \t])/g, '')
    .split('\r\n')
    .map((field) => field.replaceAll(/\s+/g, ' '));
}
