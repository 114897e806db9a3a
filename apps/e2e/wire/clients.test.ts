import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { swaks } from '@postern/lab';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, scenario, submittingPostfix } from '../src/index.ts';

const run = promisify(execFile);
let world: Scenario;
beforeAll(async () => {
  world = await scenario();
});
afterAll(() => world[Symbol.asyncDispose]());

test("Python's smtplib submits over STARTTLS", async () => {
  const before = world.internet.host.count;
  await run('python3', ['-c', SMTPLIB, String(world.gateway.ports.submission), world.user, world.password]);
  const received = await world.internet.host.waitForCount(before + 1, 20_000);
  expect(received.at(-1)?.content?.toString()).toContain('Subject: from smtplib\r\n');
});

test('nodemailer submits over TLS from the start, with an attachment', async () => {
  const before = world.internet.host.count;
  const transport = createTransport({
    host: '127.0.0.1',
    port: world.gateway.ports.submissions,
    secure: true,
    auth: { user: world.user, pass: world.password },
    tls: { rejectUnauthorized: false },
  });
  const sent = await transport.sendMail({
    from: 'App <app@lab.example>',
    to: 'someone@receiver.example',
    subject: 'from nodemailer – ü',
    text: 'Grüße',
    attachments: [{ filename: 'a.bin', content: Buffer.alloc(200_000, 7) }],
  });
  transport.close();
  expect(sent.accepted).toEqual(['someone@receiver.example']);
  const received = await world.internet.host.waitForCount(before + 1, 20_000);
  expect(received.at(-1)?.sizeOctets).toBeGreaterThan(260_000);
});

test('curl submits over STARTTLS', async () => {
  const before = world.internet.host.count;
  const message = 'From: app@lab.example\r\nTo: someone@receiver.example\r\nSubject: from curl\r\n\r\nHello\r\n';
  const sending = run('curl', [
    '--silent',
    '--show-error',
    '--url',
    `smtp://127.0.0.1:${world.gateway.ports.submission}`,
    '--ssl-reqd',
    '--insecure',
    '--user',
    `${world.user}:${world.password}`,
    '--mail-from',
    'app@lab.example',
    '--mail-rcpt',
    'someone@receiver.example',
    '--upload-file',
    '-',
  ]);
  sending.child.stdin?.end(message);
  await sending;
  await world.internet.host.waitForCount(before + 1, 20_000);
});

test.each(['starttls', 'implicit'] as const)('swaks submits over TLS (%s) with AUTH PLAIN and LOGIN', async (tls) => {
  const { submission, submissions } = world.gateway.ports;
  const before = world.internet.host.count;
  for (const mechanism of ['PLAIN', 'LOGIN'] as const) {
    const end = await swaks({
      address: '127.0.0.1',
      port: tls === 'starttls' ? submission : submissions,
      tls,
      user: world.user,
      password: world.password,
      mechanism,
      from: 'app@lab.example',
      to: 'someone@receiver.example',
    });
    expect(end).toMatchObject({ code: 0 });
  }
  await world.internet.host.waitForCount(before + 2, 20_000);
});

test.each(['plain', 'scram-sha-256', 'login'])('msmtp submits with AUTH %s', async (mechanism) => {
  const before = world.internet.host.count;
  await msmtp(mechanism, world.gateway.ports.submission);
  await world.internet.host.waitForCount(before + 1, 20_000);
});

test('msmtp, left to choose, submits over TLS from the start', async () => {
  const before = world.internet.host.count;
  await msmtp('on', world.gateway.ports.submissions);
  await world.internet.host.waitForCount(before + 1, 20_000);
});

test('Postfix relays through the gateway with SASL over STARTTLS', async () => {
  const before = world.internet.host.count;
  await using postfix = await submittingPostfix({
    port: world.gateway.ports.submission,
    user: world.user,
    password: world.password,
  });
  await postfix.send({ from: 'app@lab.example', to: 'someone@receiver.example', subject: 'from Postfix' });
  const received = await world.internet.host.waitForCount(before + 1, 30_000);
  const text = received.at(-1)?.content?.toString() ?? '';
  expect(text).toContain('Subject: from Postfix\r\n');
  expect(text).toMatch(/by gateway\.lab\.example with ESMTPSA/);
});

async function msmtp(mechanism: string, port: number): Promise<void> {
  const sending = run('msmtp', [
    '--file=/dev/null',
    '--host=127.0.0.1',
    `--port=${port}`,
    '--tls=on',
    `--tls-starttls=${port === world.gateway.ports.submission ? 'on' : 'off'}`,
    '--tls-certcheck=off',
    `--auth=${mechanism}`,
    `--user=${world.user}`,
    `--passwordeval=printf %s ${world.password}`,
    '--from=app@lab.example',
    'someone@receiver.example',
  ]);
  sending.child.stdin?.end('From: app@lab.example\nTo: someone@receiver.example\nSubject: from msmtp\n\nHello\n');
  await sending;
}

const SMTPLIB = `
import smtplib, ssl, sys
from email.message import EmailMessage
port, user, password = sys.argv[1:]
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
message = EmailMessage()
message['From'] = 'app@lab.example'
message['To'] = 'someone@receiver.example'
message['Subject'] = 'from smtplib'
message.set_content('Hello')
with smtplib.SMTP('127.0.0.1', int(port)) as server:
    server.starttls(context=context)
    server.login(user, password)
    server.send_message(message)
`;
