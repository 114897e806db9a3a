import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { swaks } from '@postern/lab';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scenario, scenario, submittingPostfix } from '../src/index.ts';

const run = promisify(execFile);
let world: Scenario;
beforeAll(async () => {
  world = await scenario();
  await world.gateway.cli(['network', 'add', '127.0.0.1/32', '--sender', 'app@lab.example']);
});
afterAll(() => world[Symbol.asyncDispose]());

/** A door, and how a client goes through it: 587, 465, or the relay port, where the client's network is listed. */
interface Door {
  readonly name: 'STARTTLS' | 'TLS from the start' | 'the relay port';
  readonly port: () => number;
}

const DOORS: readonly Door[] = [
  { name: 'STARTTLS', port: () => world.gateway.ports.submission },
  { name: 'TLS from the start', port: () => world.gateway.ports.submissions },
  { name: 'the relay port', port: () => world.gateway.ports.relay },
];

type Client = (door: Door['name'], port: number, subject: string) => Promise<unknown>;

const CLIENTS: readonly (readonly [name: string, submit: Client])[] = [
  ['smtplib of Python', smtplib],
  ['nodemailer', nodemailer],
  ['curl', curl],
  ['swaks', (door, port, subject) => throughSwaks(door, { port, subject, mechanism: 'PLAIN' })],
  ['msmtp', (door, port, subject) => msmtp(door, { port, subject, mechanism: 'on' })],
  ['Postfix', postfix],
];

describe.each(CLIENTS)('%s', (client, submit) => {
  test.each(DOORS)('submits over $name', async ({ name, port }) => {
    await arrives(`${client} over ${name}`, (subject) => submit(name, port(), subject), name);
  });
});

test.each(['plain', 'scram-sha-256', 'login'])('msmtp submits with AUTH %s', async (mechanism) => {
  const port = world.gateway.ports.submission;
  await arrives(`msmtp with ${mechanism}`, (subject) => msmtp('STARTTLS', { port, subject, mechanism }), 'STARTTLS');
});

test('swaks submits with AUTH LOGIN', async () => {
  const port = world.gateway.ports.submission;
  const submit = (subject: string) => throughSwaks('STARTTLS', { port, subject, mechanism: 'LOGIN' });
  await arrives('swaks with LOGIN', submit, 'STARTTLS');
});

test('an attachment of nodemailer arrives whole', async () => {
  const before = world.internet.host.count;
  const transport = createTransport(transportOptions('TLS from the start', world.gateway.ports.submissions));
  const attachments = [{ filename: 'a.bin', content: Buffer.alloc(200_000, 7) }];
  const sent = await transport.sendMail({ ...MAIL, subject: 'Anhang – ü', text: 'Grüße', attachments });
  transport.close();
  expect(sent.accepted).toEqual([MAIL.to]);
  const received = await world.internet.host.waitForCount(before + 1, 20_000);
  expect(received.at(-1)?.sizeOctets).toBeGreaterThan(260_000);
});

/** The mail arrives, and its Received field says by which protocol it came (RFC 3848). */
async function arrives(
  about: string,
  submit: (subject: string) => Promise<unknown>,
  door: Door['name'],
): Promise<void> {
  const { host } = world.internet;
  const before = host.count;
  const subject = `from ${about}`;
  await submit(subject);
  const received = await host.waitForCount(before + 1, 30_000);
  const text = received.at(-1)?.content?.toString() ?? '';
  expect(text).toContain(`Subject: ${subject}\r\n`);
  expect(text).toMatch(
    door === 'the relay port'
      ? /by gateway\.lab\.example with\s+ESMTPS?\s/
      : /by gateway\.lab\.example with\s+ESMTPSA\s/,
  );
}

const MAIL = { from: 'app@lab.example', to: 'someone@receiver.example' } as const;

async function smtplib(door: Door['name'], port: number, subject: string): Promise<void> {
  await run('python3', ['-c', SMTPLIB, door, String(port), world.user, world.password, subject]);
}

const SMTPLIB = `
import smtplib, ssl, sys
from email.message import EmailMessage
door, port, user, password, subject = sys.argv[1:]
context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
message = EmailMessage()
message['From'] = 'app@lab.example'
message['To'] = 'someone@receiver.example'
message['Subject'] = subject
message.set_content('Hello')
implicit = door == 'TLS from the start'
server = smtplib.SMTP_SSL('127.0.0.1', int(port), context=context) if implicit else smtplib.SMTP('127.0.0.1', int(port))
with server:
    if door == 'STARTTLS':
        server.starttls(context=context)
    if door != 'the relay port':
        server.login(user, password)
    server.send_message(message)
`;

async function nodemailer(door: Door['name'], port: number, subject: string): Promise<void> {
  const transport = createTransport(transportOptions(door, port));
  const sent = await transport.sendMail({ ...MAIL, subject, text: 'Hello' });
  transport.close();
  expect(sent.accepted).toEqual([MAIL.to]);
}

function transportOptions(door: Door['name'], port: number) {
  return {
    host: '127.0.0.1',
    port,
    secure: door === 'TLS from the start',
    requireTLS: door === 'STARTTLS',
    ...(door === 'the relay port' ? {} : { auth: { user: world.user, pass: world.password } }),
    tls: { rejectUnauthorized: false },
  };
}

async function curl(door: Door['name'], port: number, subject: string): Promise<void> {
  const scheme = door === 'TLS from the start' ? 'smtps' : 'smtp';
  const secured = door === 'the relay port' ? [] : ['--ssl-reqd', '--user', `${world.user}:${world.password}`];
  const envelope = ['--mail-from', MAIL.from, '--mail-rcpt', MAIL.to, '--upload-file', '-'];
  const quiet = ['--silent', '--show-error', '--insecure'];
  const sending = run('curl', [...quiet, '--url', `${scheme}://127.0.0.1:${port}`, ...secured, ...envelope]);
  sending.child.stdin?.end(`From: ${MAIL.from}\r\nTo: ${MAIL.to}\r\nSubject: ${subject}\r\n\r\nHello\r\n`);
  await sending;
}

interface Way {
  readonly port: number;
  readonly subject: string;
  readonly mechanism: string;
}

async function throughSwaks(door: Door['name'], { port, subject, mechanism }: Way & { mechanism: 'PLAIN' | 'LOGIN' }) {
  const end = await swaks({
    address: '127.0.0.1',
    port,
    ...(door === 'the relay port'
      ? {}
      : {
          tls: door === 'STARTTLS' ? ('starttls' as const) : ('implicit' as const),
          user: world.user,
          password: world.password,
          mechanism,
        }),
    ...MAIL,
    message: `From: ${MAIL.from}\nTo: ${MAIL.to}\nSubject: ${subject}\n\nHello\n`,
  });
  expect(end).toMatchObject({ code: 0 });
}

async function msmtp(door: Door['name'], { port, subject, mechanism }: Way): Promise<void> {
  const secured =
    door === 'the relay port'
      ? ['--tls=off', '--auth=off']
      : [
          '--tls=on',
          `--tls-starttls=${door === 'STARTTLS' ? 'on' : 'off'}`,
          '--tls-certcheck=off',
          `--auth=${mechanism}`,
          `--user=${world.user}`,
          `--passwordeval=printf %s ${world.password}`,
        ];
  const where = ['--file=/dev/null', '--host=127.0.0.1', `--port=${port}`];
  const sending = run('msmtp', [...where, ...secured, `--from=${MAIL.from}`, MAIL.to]);
  sending.child.stdin?.end(`From: ${MAIL.from}\nTo: ${MAIL.to}\nSubject: ${subject}\n\nHello\n`);
  await sending;
}

async function postfix(door: Door['name'], port: number, subject: string): Promise<void> {
  await using server = await submittingPostfix({
    port,
    ...(door === 'the relay port' ? {} : { user: world.user, password: world.password }),
    tls: door === 'STARTTLS' ? 'starttls' : door === 'TLS from the start' ? 'implicit' : 'none',
  });
  const before = world.internet.host.count;
  await server.send({ ...MAIL, subject });
  await world.internet.host.waitForCount(before + 1, 30_000);
}
