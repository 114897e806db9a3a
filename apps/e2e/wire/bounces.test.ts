import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { freePort, waitFor } from '@postern/lab';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, messageId, onDatabase, RawClient, type Scenario, scenario, submit, SOUND } from '../src/index.ts';

let world: Scenario;
let bouncesPort: number;
beforeAll(async () => {
  bouncesPort = await freePort();
  world = await scenario({
    env: { POSTERN_LISTEN_BOUNCES: `127.0.0.1:${bouncesPort}`, POSTERN_BOUNCE_DOMAIN: 'bounces.lab.example' },
  });
  world.internet.zone.add('lab.example. 300 IN MX 10 mx.receiver.example.');
});
afterAll(() => world[Symbol.asyncDispose]());

test('a sender is told of a failure by a message from nobody, and the next mail to that address is not sent', async () => {
  refuse('550 5.1.1 No such user here');
  const first = await send('gone@receiver.example');
  const dsn = await received(
    ({ reversePath, forwardPaths }) => reversePath === '' && forwardPaths.includes('app@lab.example'),
  );
  const text = dsn.content?.toString() ?? '';
  expect(text).toContain('Auto-Submitted: auto-replied');
  expect(text).toContain('Final-Recipient: rfc822; gone@receiver.example');
  expect(text).toContain('Status: 5.1.1');
  expect(text).toContain('Diagnostic-Code: smtp; 550 5.1.1 No such user here');
  expect(text).toContain('What happened: there is no such mailbox.');
  expect(await classOf(first)).toBe('recipient_unknown');
  await waitFor(async () => ((await send('gone@receiver.example', 'suppressed')) ? true : undefined), {
    timeoutMs: 30_000,
    what: 'the suppression to hold',
  });
});

test('one id tells the life of a message in the logs of all services, and leads to its DSN', async () => {
  refuse('550 5.1.1 No such user here');
  const id = await send('nobody-here@receiver.example');
  const line = await waitFor(() => logged().find(({ messageId, msg }) => messageId === id && msg === 'sender told'), {
    timeoutMs: 30_000,
    what: 'the sender to be told',
  });
  const life = logged().filter(({ messageId }) => messageId === id);
  expect(life.map(({ service, msg }) => `${service}: ${msg}`).sort()).toEqual([
    'delivery: attempt bounced',
    'delivery: sender told',
    'submission: message accepted',
  ]);
  await waitFor(() => logged().find(({ messageId, msg }) => messageId === line.dsnId && msg === 'attempt delivered'), {
    timeoutMs: 30_000,
    what: 'the DSN to be delivered',
  });
});

interface Line {
  readonly service: string;
  readonly msg: string;
  readonly messageId?: string;
  readonly dsnId?: string;
}

/** What the services have logged: every line is JSON. */
function logged(): readonly Line[] {
  const lines = world.gateway.log.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Line);
}

test.each([
  ['reputation_block', '550 5.2.1 Mailbox unavailable. Your IP 192.0.2.1 is blacklisted'],
  ['mailbox_full', '452 4.2.2 The email account that you tried to reach is over quota'],
  ['greylisted', '450 4.2.0 Greylisted, come back later'],
  ['policy', '554 5.7.1 Recipient address rejected: Access denied'],
  ['relay_denied', '550 5.7.1 Relaying denied'],
])('a reply is classified as %s, and suppresses nobody: %s', async (bounceClass, reply) => {
  refuse(reply);
  const to = `${bounceClass}@receiver.example`;
  expect(await classOf(await send(to))).toBe(bounceClass);
  const held = await onDatabase(world, (client) => client.query('select 1 from suppressions where address = $1', [to]));
  expect(held.rowCount).toBe(0);
});

test('what comes back to a signed return-path is tied to its message; what is forged changes nothing; a flood is bounded', async () => {
  await world.gateway.cli(['bounce', 'settings', world.user, '--signed-paths', 'yes']);
  world.internet.host.answer({});
  const signed = await waitFor(
    async () => {
      await send('late@receiver.example');
      return world.internet.host.messages.find(({ reversePath }) => reversePath.startsWith('b+'));
    },
    { timeoutMs: 30_000, what: 'the setting to hold' },
  );
  const path = signed.reversePath;
  const client = await RawClient.connect(bouncesPort);
  await client.read();
  await client.ask('EHLO mx.receiver.example');
  const forged = path.replace('b+', 'b+q');
  await client.ask('MAIL FROM:<>');
  expect(await client.ask(`RCPT TO:<${forged}>`)).toMatchObject({ code: 550 });
  expect(await client.ask('RCPT TO:<someone@receiver.example>')).toMatchObject({ code: 550 });
  await client.ask('RSET');
  for (let times = 0; times < 130; times += 1) {
    await client.ask('MAIL FROM:<>');
    expect(await client.ask(`RCPT TO:<${path}>`)).toMatchObject({ code: 250 });
    await client.ask('DATA');
    expect(await client.ask(`${DSN}\r\n.`)).toMatchObject({ code: 250 });
  }
  client[Symbol.dispose]();
  const { rows } = await onDatabase(world, (db) =>
    db.query(
      'select r.kind, r.number, r.action, r.class, count(*)::int as times from returned_reports r group by 1, 2, 3, 4',
    ),
  );
  expect(rows).toEqual([{ kind: 'dsn', number: 1, action: 'failed', class: 'mailbox_full', times: 100 }]);
  const late = () =>
    world.internet.host.messages.filter(
      ({ reversePath, content }) => reversePath === '' && String(content).includes('Final-Recipient: rfc822; late@'),
    );
  await waitFor(() => late().length > 0, { timeoutMs: 30_000, what: 'the DSN about what came back' });
  const returned = await world.gateway.json<{ effect: string }[]>(['bounce', 'returned']);
  expect(returned.filter(({ effect }) => effect === 'told')).toHaveLength(1);
  const tries = await waitFor(
    async () => {
      const counted = await onDatabase(world, (db) =>
        db.query<{ token: string; tries: string }>('select token, tries from return_path_tries'),
      );
      return counted.rows.some(({ token }) => token === 'accepted') ? counted.rows : undefined;
    },
    { timeoutMs: 10_000, what: 'the tries to be counted' },
  );
  expect(tries.map(({ token }) => token)).toEqual(expect.arrayContaining(['forged', 'other']));
  expect(late()).toHaveLength(1);
});

test('a TLS report that is mailed to us and signed is kept and shown, an unsigned one refused, and nothing is relayed', async () => {
  await world.gateway.cli(['domain', 'add', 'lab.example']);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  world.internet.zone.add(`s1._domainkey.reporter.example. TXT "v=DKIM1; k=ed25519; p=${raw.toString('base64')}"`);
  const signer = {
    signingDomain: 'reporter.example',
    selector: 's1',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    algorithm: 'ed25519-sha256',
    canonicalization: 'relaxed/relaxed',
  };
  const { signatures } = await dkimSign(TLS_REPORT, { ...signer, signatureData: [signer] });
  using client = await RawClient.connect(bouncesPort);
  await client.read();
  await client.ask('EHLO mx.reporter.example');
  const send = async (content: string) => {
    await client.ask('MAIL FROM:<tls@reporter.example>');
    expect(await client.code('RCPT TO:<tls-reports@bounces.lab.example>')).toBe(250);
    await client.ask('DATA');
    return client.ask(`${content}\r\n.`);
  };
  const before = world.internet.host.count;
  expect((await send(TLS_REPORT)).text).toMatch(/^550 5\.7\.20 /);
  expect((await send(signatures + TLS_REPORT)).text).toMatch(/^250 2\.0\.0 /);
  expect(await world.gateway.json(['tls-report', 'received'])).toMatchObject([
    { organization: 'Reporter', domains: ['lab.example'], failures: 1, signedBy: 'reporter.example' },
  ]);
  expect(world.internet.host.count).toBe(before);
});

const JSON_REPORT = JSON.stringify({
  'organization-name': 'Reporter',
  'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
  'contact-info': 'tls@reporter.example',
  'report-id': 'r1',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-domain': 'lab.example' },
      summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 1 },
    },
  ],
});

const TLS_REPORT = `From: TLS reports <tls@reporter.example>
To: tls-reports@bounces.lab.example
Subject: Report Domain: lab.example Submitter: reporter.example Report-ID: <r1>
TLS-Report-Domain: lab.example
TLS-Report-Submitter: reporter.example
MIME-Version: 1.0
Content-Type: multipart/report; report-type="tlsrpt"; boundary="x"

--x
Content-Type: text/plain

An aggregate TLS report.

--x
Content-Type: application/tlsrpt+gzip
Content-Transfer-Encoding: base64

${gzipSync(JSON_REPORT).toString('base64').replaceAll(/.{76}/g, '$&\n')}
--x--
`
  .replaceAll('\n', '\r\n')
  .trimEnd();

const DSN = `From: MAILER-DAEMON@mx.receiver.example
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.receiver.example

Final-Recipient: rfc822; late@receiver.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

--x--`.replaceAll('\n', '\r\n');

function refuse(reply: string): void {
  world.internet.host.answer({ rcpt: (path) => (path.endsWith('@receiver.example') ? reply : undefined) });
}

/** Sends a message, and waits until it is no longer on its way; with a state, whether it is in that one. */
async function send(to: string, state?: string): Promise<string | undefined> {
  const id = messageId((await submit(world, SOUND, { to })).reply);
  const fate = await fateBy(world, id, (each) => each.state !== 'queued' && each.state !== 'sending');
  return state === undefined || fate.state === state ? id : undefined;
}

async function classOf(id: string | undefined): Promise<string | undefined> {
  const { rows } = await onDatabase(world, (client) =>
    client.query<{ class: string }>('select bounce_class as class from recipients where message_id = $1', [id]),
  );
  return rows[0]?.class;
}

function received(which: (message: Scenario['internet']['host']['messages'][number]) => boolean) {
  return waitFor(async () => world.internet.host.messages.find(which), { timeoutMs: 60_000, what: 'the DSN' });
}
