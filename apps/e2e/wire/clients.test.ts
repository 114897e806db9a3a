import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scenario, scenario } from '../src/index.ts';

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
