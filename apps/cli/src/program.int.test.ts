import { newMessageId, UNRESOLVED_QUEUE, type MessageId, type NewMessage } from '@postern/queue';
import { expect } from 'vitest';
import { test, type Terminal } from './testing/terminal.ts';

const CREATE = ['credential', 'create', '--name', 'app1', '--sender', '@example.org'] as const;

test('a credential is created with its secret told once, and listed without it', async ({ terminal }) => {
  const made = await terminal.run(
    ...CREATE,
    '--sender',
    'a@b.example',
    '--network',
    '192.0.2.0/24',
    '--expires',
    '2099-01-31',
  );
  expect(made).toMatchObject({ exit: 0, err: '' });
  const secret = /Password {2}(\S{32})\n/.exec(made.out)?.[1] ?? expect.unreachable(made.out);
  const listed = await terminal.run('credential', 'list');
  expect(listed.out).toMatch(
    /^NAME +STATE +SENDERS +NETWORKS +RATE +EXPIRES +LAST USED\napp1 +active +@example.org a@b.example +192.0.2.0\/24 +- +2099-01-31 00:00:00 +-\n$/,
  );
  expect(await terminal.json('credential', 'show', 'APP1')).toMatchObject({ name: 'app1', state: 'active' });
  expect(listed.out + (await terminal.run('credential', 'show', 'app1')).out).not.toContain(secret);
});

test('a credential is disabled, enabled, revoked, and each time the audit names who was at the shell', async ({
  terminal,
}) => {
  await terminal.run(...CREATE);
  expect(await terminal.json('credential', 'disable', 'app1', '--reason', 'leaked')).toMatchObject({
    state: 'disabled',
  });
  expect(await terminal.json('credential', 'enable', 'app1')).toMatchObject({ state: 'active' });
  expect((await terminal.runWith({ env: { SUDO_USER: 'ada' } }, 'credential', 'revoke', 'app1')).exit).toBe(0);
  const refused = await terminal.run('credential', 'enable', 'app1');
  expect(refused).toEqual({ exit: 1, out: '', err: 'It is revoked; this needs it to be disabled\n' });
  const { rows } = await terminal.store.pool.query(
    'select actor_kind, actor_name, action, reason from audit_entries order by id',
  );
  expect(rows).toHaveLength(4);
  expect(rows[1]).toMatchObject({ actor_kind: 'cli', action: 'credential.disable', reason: 'leaked' });
  expect(rows[3]).toMatchObject({ actor_name: 'ada', action: 'credential.revoke' });
});

test.for([
  [['credential', 'create', '--name', 'x'], /--sender/],
  [
    ['credential', 'create', '--name', 'a b', '--sender', 'nonsense'],
    /^--name: Expected 1 to 64 .*\n--sender: Expected an address/,
  ],
  [['credential', 'create', '--name', 'x', '--sender', '*', '--expires', 'soon'], /^--expires: /],
  [['credential', 'frobnicate'], /unknown command|--help/],
  [['frobnicate'], /unknown command/],
  [['ledger', '--frobnicate'], /unknown option/],
  [['network', 'add'], /missing required argument/],
  [['network', 'add', '10.1.2.3/8'], /write 10\.0\.0\.0\/8 for the network/],
  [['route', 'add', '--name', 'r', '--host', 'h', '--user', 'u'], /--user and --password-stdin go together/],
  [['route', 'add', '--name', 'r', '--host', 'h', '--tls', 'maybe'], /Allowed choices/],
  [['route', 'add', '--name', 'r', '--host', 'h', '--port', 'smtp'], /^--port: /],
  [['queue', 'show'], /name a queue/],
  [['message', 'find', 'stat:deferred'], /^query: stat: no such term/],
  [['message', 'show', 'x'], /^id: /],
  [['message', 'hold', ''], /name messages by id/],
] as const)('wrong usage ends with 2 and says what is wrong: %j', async ([argv, says], { terminal }) => {
  const ran = await terminal.run(...argv);
  expect(ran).toMatchObject({ exit: 2, out: '' });
  expect(ran.err).toMatch(says);
});

test.for([
  ['credential', 'show', 'nobody'],
  ['credential', 'revoke', 'nobody'],
  ['network', 'remove', '10.0.0.0/8'],
  ['route', 'remove', 'nowhere'],
  ['queue', 'show', 'nowhere.example'],
  ['queue', 'suspend', '999'],
  ['queue', 'resume', '1'],
  ['message', 'show', '0199a000-0000-7000-8000-000000000009'],
  ['message', 'hold', '0199a000-0000-7000-8000-000000000009'],
] as const)('a refusal ends with 1 and one clear line: %j', async (argv, { terminal }) => {
  const ran = await terminal.run(...argv);
  expect(ran).toMatchObject({ exit: 1, out: '' });
  expect(ran.err).toMatch(/^[A-Z].*\n$/);
});

test('a refusal is JSON for who asked for JSON', async ({ terminal }) => {
  const ran = await terminal.run('credential', 'show', 'nobody', '--json');
  expect(JSON.parse(ran.err)).toEqual({ code: 'not-found', detail: 'There is no credential nobody' });
});

test('help is no wrong usage, and names every noun', async ({ terminal }) => {
  const help = await terminal.run('--help');
  expect(help.exit).toBe(0);
  const nouns = ['credential', 'network', 'route', 'domain', 'queue', 'message', 'ledger', 'audit', 'account'];
  for (const noun of nouns) expect(help.out).toContain(noun);
  expect((await terminal.run('credential', 'create', '--help')).out).toContain('--sender <rule>');
});

test('a network is listed and removed', async ({ terminal }) => {
  expect(await terminal.run('network', 'add', '192.0.2.7', '--sender', '@example.org')).toMatchObject({
    exit: 0,
    out: '192.0.2.7/32 is listed.\n',
  });
  expect(await terminal.json('network', 'list')).toMatchObject([
    { cidr: '192.0.2.7/32', senderRules: ['@example.org'] },
  ]);
  expect((await terminal.run('network', 'remove', '192.0.2.7')).exit).toBe(0);
  expect(await terminal.json('network', 'list')).toEqual([]);
});

test('the password of a route comes by standard input, and is shown nowhere', async ({ terminal }) => {
  const argv = ['route', 'add', '--name', 'office365', '--host', 'smtp.example.com', '--user', 'u', '--password-stdin'];
  const added = await terminal.runWith({ stdin: 'pässwörd\n' }, ...argv, '--domain', '*.example.com', '--json');
  expect(added).toMatchObject({ exit: 0 });
  expect(JSON.parse(added.out)).toMatchObject({ port: 587, tls: 'verify', user: 'u', domains: ['*.example.com'] });
  const listed = await terminal.run('route', 'list');
  expect(listed.out).toContain('smtp.example.com:587');
  expect(added.out + listed.out).not.toContain('pässwörd');
  expect(await terminal.runWith({ stdin: '' }, ...argv)).toMatchObject({
    exit: 2,
    err: expect.stringContaining('empty'),
  });
  expect((await terminal.run('route', 'remove', 'office365')).exit).toBe(0);
});

test('queues are shown by depth, and commanded by id, by name, or by --queue', async ({ terminal }) => {
  expect(await terminal.run('queue', 'list')).toMatchObject({
    exit: 0,
    out: 'Nothing waits: --all shows empty queues too.\n',
  });
  await accept(terminal);
  const listed = await terminal.run('queue', 'list');
  expect(listed.out).toMatch(/^ID +QUEUE +QUEUED .*\n +1 +unresolved +1 +0 +0 +0 +\d+s +active +-\n$/);
  expect(await terminal.json('queue', 'suspend', 'unresolved', '--reason', 'test')).toMatchObject({
    suspended: { reason: 'test' },
  });
  expect((await terminal.run('queue', 'show', '1')).out).toMatch(/State +suspended by .*: test\n/);
  expect((await terminal.run('queue', 'resume', '--queue', 'unresolved')).out).toBe('unresolved is not suspended.\n');
  expect(await terminal.json('queue', 'retry', '1')).toEqual({ recipients: 0 });
});

test('messages are found, held, released and cancelled, by id and by query', async ({ terminal }) => {
  const [first, second] = [await accept(terminal), await accept(terminal, { subject: 'Red letter' })];
  expect(await terminal.json('message', 'find', 'state:queued', 'to:@example.com')).toMatchObject([
    { id: second },
    { id: first },
  ]);
  expect((await terminal.run('message', 'find', 'letter')).out).toContain(second);
  expect((await terminal.run('message', 'find', 'state:held')).out).toBe('No message is so: fewer terms find more.\n');
  expect(await terminal.json('message', 'hold', first, second)).toEqual({ messages: 2, recipients: 2 });
  expect(await terminal.json('message', 'release', 'state:held', '--dry-run')).toEqual({ messages: 2, recipients: 2 });
  expect(await terminal.json('message', 'release', 'state:held letter')).toMatchObject({
    state: 'done',
    recipients: 1,
  });
  expect(await terminal.json('message', 'cancel', first)).toEqual({ messages: 1, recipients: 1 });
  expect(await terminal.json('message', 'retry', 'to:@example.com')).toMatchObject({ state: 'done', recipients: 0 });
  expect(await terminal.json('ledger')).toMatchObject({ accepted: 2, queued: 1, cancelled: 1 });
  expect((await terminal.run('ledger')).out).toMatch(/^accepted +2\nqueued +1\n/);
});

test('of several messages by id none is changed when one is unknown, and those with nothing to do are named', async ({
  terminal,
}) => {
  const [first, second] = [await accept(terminal), await accept(terminal)];
  const unknown = newMessageId(Date.now());
  for (const more of [[], ['--dry-run']]) {
    expect(await terminal.run('message', 'hold', first, unknown, second, ...more)).toEqual({
      exit: 1,
      out: '',
      err: `There is no message ${unknown}\n`,
    });
  }
  expect(await terminal.json('ledger')).toMatchObject({ queued: 2, held: 0 });
  expect((await terminal.run('message', 'hold', first, first)).out).toBe('1 recipient of 1 message is held.\n');
  const dry = ['message', 'hold', first, second, '--dry-run'];
  expect(await terminal.json(...dry)).toEqual({ messages: 1, recipients: 1 });
  const says = 'None of its recipients is queued or deferred';
  expect(await terminal.run('message', 'hold', first, second)).toEqual({
    exit: 1,
    out: '1 recipient of 1 message is held.\n',
    err: `${first}: ${says}\n`,
  });
  expect(await terminal.run('message', 'hold', first, second)).toEqual({
    exit: 1,
    out: '',
    err: `${first}: ${says}\n${second}: ${says}\n`,
  });
});

test('a message is shown with its recipients, and what a stranger wrote cannot command the terminal', async ({
  terminal,
}) => {
  const id = await accept(terminal, { subject: '\u001b]0;owned\u0007\u001b[2J\u202egnp.exe', reversePath: '' });
  const { out, exit } = await terminal.run('message', 'show', id);
  expect(exit).toBe(0);
  expect(out).toMatch(/Reverse-path +<>\n/);
  expect(out).toContain('\nWhat keeps it back: postern queue show unresolved\n');
  expect(out).toContain('b@example.com');
  expect(out).toContain('\\u001b');
  // eslint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('without a database there is one clear line', async ({ terminal }) => {
  const embedded = await terminal.runWith({ env: { DATABASE_URL: '' } }, 'ledger');
  expect(embedded).toMatchObject({
    exit: 1,
    out: '',
    err: expect.stringMatching(/^No database runs in .*npm start.*\n$/),
  });
  const away = await terminal.runWith(
    { env: { DATABASE_URL: 'postgresql://postern:hunter2@127.0.0.1:1/postern' } },
    'ledger',
  );
  expect(away).toMatchObject({
    exit: 1,
    out: '',
    err: expect.stringMatching(/^The database did not do it: .*127\.0\.0\.1.*\n$/),
  });
  expect(away.err).not.toContain('hunter2');
});

test('with another secret than the database was set up with, nothing is made that would not work', async ({
  terminal,
}) => {
  await terminal.run(...CREATE);
  const ran = await terminal.runWith({ env: { POSTERN_SECRET: 'another secret, as long as it must be' } }, 'ledger');
  expect(ran).toMatchObject({ exit: 1, out: '', err: expect.stringMatching(/^The secret is not the one .*\n$/) });
});

test('a wrong environment is told whole, with 78', async ({ terminal }) => {
  const env = { POSTERN_DELIVERY_PORT: 'smtp', POSTERN_HOST_NAME: 'x' };
  const ran = await terminal.runWith({ env }, 'ledger');
  expect(ran).toMatchObject({ exit: 78, out: '' });
  expect(ran.err.split('\n')).toHaveLength(3);
});

async function accept({ store }: Terminal, change: Partial<NewMessage> = {}): Promise<MessageId> {
  const now = new Date();
  const id = newMessageId(now.getTime());
  await store.accept.accept([
    {
      id,
      acceptedAt: now,
      reversePath: 'a@example.org',
      recipients: [{ forwardPath: 'b@example.com', domain: 'example.com', queueId: UNRESOLVED_QUEUE }],
      origin: {
        listener: 'relay',
        clientAddress: '192.0.2.1',
        clientName: 'client.example.org',
        credentialId: undefined,
        networkId: undefined,
        tls: undefined,
      },
      sizeOctets: 2,
      body: '7BIT',
      smtpUtf8: false,
      headerFrom: 'a@example.org',
      subject: 'Greetings',
      messageIdField: '<1@example.org>',
      traceFields: Buffer.alloc(0),
      content: { kind: 'inline', octets: Buffer.from('\r\n') },
      ...change,
    },
  ]);
  return id;
}
