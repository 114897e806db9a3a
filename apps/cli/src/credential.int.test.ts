import { expect } from 'vitest';
import { test } from './testing/terminal.ts';

const CREATE = ['credential', 'create', '--name', 'app1', '--sender', '@example.org'] as const;

test('a program finds the name and the secret of a new credential under the names that clients use', async ({
  terminal,
}) => {
  const made = await terminal.json(...CREATE, '--rate', '1000/hour', '--rate', '20/minute', '--max-size', '10M');
  expect(made).toMatchObject({
    username: 'app1',
    password: expect.stringMatching(/^\w{32}$/),
    credential: {
      name: 'app1',
      limits: { messagesPerHour: 1000, messagesPerMinute: 20, maxMessageOctets: 10_485_760 },
    },
  });
});

test.for([
  ['--rate', '1000'],
  ['--rate', '0/hour'],
  ['--rate', '5/fortnight'],
  ['--max-size', '10X'],
  ['--max-sessions', '-1'],
  ['--guard', 'maybe'],
  ['--guard-threshold', 'volume=3'],
] as const)('%s %s is wrong usage', async ([option, value], { terminal }) => {
  expect((await terminal.run(...CREATE, option, value)).exit).toBe(2);
});

test('settings are updated one by one, and shown', async ({ terminal }) => {
  await terminal.run(...CREATE, '--rate', '1000/hour', '--owner', 'Shop team');
  const update = ['credential', 'update', 'app1'] as const;
  const changed = await terminal.run(...update, '--rate', '5000/day', '--max-recipients', '50', '--owner', '');
  expect(changed).toMatchObject({ exit: 0, err: '' });
  expect(changed.out).toMatch(/\nMessages +1000\/hour 5000\/day\n/);
  expect(changed.out).toMatch(/\nRecipients each +50\n/);
  expect(changed.out).toMatch(/\nOwner +-\n/);
  expect((await terminal.run(...update, '--rate', 'none')).out).toMatch(/\nMessages +unlimited\n/);
});

test('a secret is rotated, and the old one is shown with when it goes', async ({ terminal }) => {
  const first = /Password {2}(\S+)/.exec((await terminal.run(...CREATE)).out)?.[1];
  const rotated = await terminal.run('credential', 'rotate', 'app1', '--retire-unused', '3');
  expect(rotated.out).toMatch(/The old secret is still good/);
  expect(/Password {2}(\S+)/.exec(rotated.out)?.[1]).not.toBe(first);
  expect((await terminal.run('credential', 'show', 'app1')).out).toMatch(
    /\nOld secret .*retired when unused for 3 days\n/,
  );
});

test('what a revoked credential has queued is counted before and purged when that is said', async ({ terminal }) => {
  await terminal.run(...CREATE);
  const revoke = ['credential', 'revoke', 'app1', '--purge-queue'] as const;
  expect((await terminal.run(...revoke, '--hold-queue')).exit).toBe(2);
  expect((await terminal.run(...revoke, '--dry-run')).out).toBe(
    'app1 would be revoked. 0 recipients of its mail wait or are held.\n',
  );
  expect((await terminal.run(...revoke)).out).toBe(
    'app1 is revoked. 0 recipients of its mail waited or were held. 0 are cancelled.\n',
  );
});

test('a listed network has limits of its own', async ({ terminal }) => {
  await terminal.run('network', 'add', '192.0.2.0/24', '--rate', '10/minute');
  await terminal.run('network', 'update', '192.0.2.0/24', '--recipient-rate', '100/hour', '--note', 'printers');
  expect(await terminal.json('network', 'list')).toMatchObject([
    { limits: { messagesPerMinute: 10, recipientsPerHour: 100 }, note: 'printers', senderRules: ['*', '<>'] },
  ]);
});
