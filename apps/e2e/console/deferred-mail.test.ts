import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, recordAttempt, signedInPage, type StoredMail, storeMail } from '../src/index.ts';

const REPLY = '450 4.2.1 <someone@receiver.example>: greylisted, come back in 5 minutes';

let mail: StoredMail;
const { world, page, faults, end } = await signedInPage(consoleWorld(), '/queues');
await page.getByText('No mail has come in yet').filter({ visible: true }).first().waitFor();
afterAll(end);

test('a queue comes up by itself when mail waits in it, and tells by itself why it is deferred', async () => {
  mail = await storeMail(world.store, { message: { subject: 'wait for it' } });
  const row = page.getByRole('row').filter({ hasText: 'mx.receiver.example' });
  await row.getByText('queued').waitFor();
  await row.getByText('no attempt yet').waitFor();

  await recordAttempt(
    world.store,
    mail,
    { kind: 'deferred', dueAt: new Date(Date.now() + 300_000), maybeDelivered: false },
    { stage: 'rcpt', reply: { from: 'remote', code: 450, enhanced: '4.2.1', text: REPLY } },
  );
  await row.getByText('deferred').waitFor();
  await row.getByText('greylisted, come back').waitFor();
  expect(await row.innerText()).toMatch(/in 4 m \d+ s/);
  expect(faults).toEqual([]);
});

test('from the queue one comes to the message and to the reply, verbatim', async () => {
  await page.getByRole('link', { name: 'mx.receiver.example' }).click();
  await page.getByRole('heading', { name: 'mx.receiver.example' }).waitFor();
  await page.getByText(REPLY).first().waitFor();
  await page.getByRole('cell', { name: 'receiver.example' }).waitFor();

  await page.getByRole('link', { name: 'Show its messages' }).click();
  await page.getByRole('link', { name: 'wait for it' }).click();
  const attempt = page.getByRole('article');
  expect(await attempt.locator('code').innerText()).toBe(REPLY);
  const words = await attempt.innerText();
  for (const fact of [
    'mx.receiver.example [127.0.0.2]',
    'ended at RCPT',
    'TLSv1.3',
    'not verified',
    'policy: opportunistic',
    '41 ms',
  ])
    expect(words).toContain(fact);
  expect(faults).toEqual([]);
});

test('a message is held with a reason, and released', async () => {
  await page.getByRole('button', { name: 'Hold' }).click();
  await page.getByText('1 recipient will wait until someone releases').waitFor();
  await page.getByLabel('Reason').fill('the partner asks us to wait');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold this message' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('main').getByText('held').first().waitFor();

  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Release this message' }).click();
  await page.getByRole('button', { name: 'Hold' }).waitFor();
  expect(faults).toEqual([]);
});

test('what is delivered meanwhile is seen without loading the page again', async () => {
  await page.getByRole('button', { name: 'Retry now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Retry now' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await recordAttempt(world.store, mail, { kind: 'delivered' });
  await page.getByRole('article').nth(1).waitFor();
  expect(await page.getByRole('article').first().innerText()).toContain('delivered');
  await page.getByRole('button', { name: 'Hold' }).waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('among more routes than a list shows the server finds the one that mail is rerouted through', async () => {
  await world.store.pool.query(`
    with queue as (
      insert into delivery_queues (kind, name) select 'route', 'upstream ' || n from generate_series(1, 101) n returning id, name
    )
    insert into routes (id, queue_id, name, position, host, port, tls)
    select gen_random_uuid(), id, name, id, 'smtp.lab.example', 587, 'required' from queue`);
  const blocked = await storeMail(world.store, { site: 'mx.blocked.example', to: ['a@blocked.example'] });
  await open(page, `/queues/${blocked.queueId}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reroute what waits' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('there are more').waitFor();
  await dialog.getByLabel('Routes whose name or host contains').fill('upstream 101');
  await dialog.getByLabel('Through').locator('option', { hasText: 'upstream 101' }).waitFor({ state: 'attached' });
  await dialog.getByLabel('Through').selectOption('upstream 101');
  await dialog.getByLabel('Routes whose name or host contains').fill('nothing of that name');
  await dialog.getByLabel('Through').locator('option').nth(2).waitFor({ state: 'detached' });
  expect(await dialog.getByLabel('Through').inputValue()).toBe('upstream 101');
  await page.keyboard.press('Escape');
  expect(faults).toEqual([]);
});

test('a queue is suspended for all to see, and resumed', async () => {
  const other = await storeMail(world.store, { site: 'mx.partner.example', to: ['a@partner.example'] });
  await open(page, `/queues/${other.queueId}`);
  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByLabel('Reason').fill('they migrate tonight');
  await page.getByRole('button', { name: 'Suspend this queue' }).click();
  await page.getByText('Suspended: nothing is sent from this queue').waitFor();
  await page.getByText('they migrate tonight', { exact: true }).waitFor();
  await open(page, '/queues');
  const row = page.getByRole('row').filter({ hasText: 'mx.partner.example' });
  await row.getByText('suspended').waitFor();
  await row.getByRole('link', { name: 'mx.partner.example' }).click();
  // The page of queues has a button of that name too.
  await page.waitForURL(`**/queues/${other.queueId}`);
  await page.getByRole('heading', { name: 'mx.partner.example' }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Resume this queue' }).click();
  await page.getByText('Suspended: nothing').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('mail to a domain is suspended wherever it waits, for all to see, and resumed', async () => {
  await open(page, '/queues');
  await page.getByRole('button', { name: 'Suspend mail' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Which').fill('not a domain');
  await dialog.getByRole('button', { name: 'Suspend mail to a domain' }).click();
  await dialog.locator('[aria-invalid=true]').waitFor();
  await dialog.getByLabel('Which').fill('*.partner.example');
  await dialog.getByLabel('Reason').fill('their postmaster asked for it');
  await dialog.getByRole('button', { name: 'Suspend mail to a domain' }).click();
  const line = page.getByRole('listitem').filter({ hasText: 'Mail to *.partner.example' });
  await line.getByText('their postmaster asked for it').waitFor();

  await page.getByRole('button', { name: 'Suspend mail' }).click();
  await dialog.getByLabel('What', { exact: true }).selectOption('sender');
  await dialog.getByLabel('Which').fill('@lab.example');
  await dialog.getByRole('button', { name: 'Suspend mail from a sender' }).click();
  const other = page.getByRole('listitem').filter({ hasText: 'Mail from @lab.example' });
  await other.waitFor();
  await page.getByLabel('What is suspended').selectOption('domain');
  await page.waitForURL('**/queues?suspended=domain');
  await other.waitFor({ state: 'detached' });
  await line.waitFor();
  await open(page, '/queues?since=ascending');
  const names = page.getByRole('listitem').filter({ hasText: /^Mail / });
  await expect
    .poll(() => names.allInnerTexts())
    .toEqual([expect.stringMatching('Mail to'), expect.stringMatching('Mail from')]);
  await line.getByRole('button', { name: 'Resume' }).click();
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await line.waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});
