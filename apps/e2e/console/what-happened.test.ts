import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, recordAttempt, signedInPage, storeMail, visit } from '../src/index.ts';

const FULL = '552 5.2.2 The mailbox of <b>someone</b> is full';
/** What a sender would write who wants to know who reads it, and more. */
const hostile = (
  tracker: string,
) => `<h1 style="color:teal">Good day</h1><img src="${tracker}/x.gif" onerror="alert(1)">
<script>parent.document.title = 'taken'; alert(1)</script><meta http-equiv="refresh" content="0;url=${tracker}/">
<style>@import url(${tracker}/x.css); body { background: url(${tracker}/y.gif) }</style><iframe src="${tracker}/"></iframe>`;

const world = await consoleWorld();
await recordAttempt(world.store, await storeMail(world.store), { kind: 'delivered' });
const bounced = await storeMail(world.store, { site: 'mx.full.example', message: { subject: 'too much' } });
await recordAttempt(
  world.store,
  bounced,
  { kind: 'bounced' },
  {
    stage: 'rcpt',
    reply: { from: 'remote', code: 552, enhanced: '5.2.2', text: FULL },
    bounce: { class: 'mailbox_full', rule: 'lab' },
    tls: {
      protocol: 'none',
      cipher: 'none',
      verified: false,
      certificate: undefined,
      failure: 'starttls-not-supported: x',
    },
  },
);
const { browser, page, faults, end } = await signedInPage(world, '/');
await page.getByRole('heading', { name: 'Outcomes over time' }).waitFor();
afterAll(end);

test('the overview tells how mail ended, step by step with the keyboard, and which site failed and why', async () => {
  const chart = page.getByRole('slider', { name: 'Recipients by outcome, step by step' });
  await chart.focus();
  await chart.press('End');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 1 delivered, 0 deferred, 1 bounced, 0 expired$/);
  await chart.press('Home');
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 0 delivered/);
  const site = page.getByRole('listitem').filter({ hasText: 'mx.full.example' });
  expect(await site.innerText()).toContain('mailbox full');
  expect(await site.innerText()).toContain('The mailbox of <b>someone</b> is full');
  await page.getByRole('button', { name: 'Show as a table' }).first().click();
  await page.getByRole('table', { name: 'Recipients by outcome' }).waitFor();
  await page.getByRole('combobox', { name: 'How far back' }).selectOption('7d');
  await page.waitForURL('**/?range=7d');
  expect(faults).toEqual([]);
});

test('from a bar of the bounces one comes to its messages', async () => {
  await open(page, '/bounces');
  await page.getByRole('figure').getByRole('link', { name: 'mailbox full' }).click();
  await page.waitForURL('**/messages?q=*');
  await page.getByRole('link', { name: 'too much' }).click();
  await page.getByRole('article').getByText(FULL).waitFor();
  await page.getByRole('article').getByText('no encryption').waitFor();
  expect(faults).toEqual([]);
});

test('a list shows the last hours of each row, in words to those who do not see it', async () => {
  await open(page, '/queues?show=all');
  const row = page.getByRole('row').filter({ hasText: 'mx.full.example' });
  const words = /^In the last 24 hours: 0 delivered, 1 deferred or failed, the last of them (within this|an) hour/;
  await row.getByRole('img', { name: words }).waitFor();
  expect(faults).toEqual([]);
});

test('rules of bounces are replayed over what was stored before they count', async () => {
  await open(page, '/bounces/rules');
  const rules = page.getByLabel('Rules, as JSON');
  await rules.fill('[{ "id": "lab-full", "class": "recipient_disabled", "codes": ["552"] }]');
  await page.getByRole('button', { name: 'Replay over stored replies' }).click();
  await page.getByText('mailbox full → recipient disabled').waitFor();
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByLabel('Reason').fill('they close mailboxes so');
  await page.getByRole('dialog').getByRole('button', { name: 'Classify by these rules' }).click();
  await page.getByText(/, 1 rule$/).waitFor();
  expect(faults).toEqual([]);
});

test('rules that were written over a version that counts no more are kept, and not activated unseen', async () => {
  await open(page, '/bounces/rules');
  const rules = page.getByLabel('Rules, as JSON');
  await rules.fill('[{ "id": "mine", "class": "mailbox_full", "codes": ["552"] }]');
  await page.getByRole('button', { name: 'Replay over stored replies' }).click();
  await page.getByRole('button', { name: 'Activate' }).click();
  // Somebody else is faster.
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ rules: [{ id: 'theirs', class: 'mailbox_full', codes: ['522'] }] });
    await fetch('/api/v1/bounces/rules', { method: 'POST', headers, body });
  });
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Classify by these rules' }).click();
  await dialog.getByText('It was changed in the meantime').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('(theirs)').waitFor();
  expect(await rules.inputValue()).toContain('"mine"');
  await page.getByRole('button', { name: 'Keep mine, and replay again' }).click();
  await page.getByRole('button', { name: 'Replay over stored replies' }).click();
  await page.getByRole('button', { name: 'Activate' }).click();
  await dialog.getByRole('button', { name: 'Classify by these rules' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page
    .getByRole('cell', { name: 'mine' })
    .or(page.getByText('mine', { exact: true }))
    .first()
    .waitFor();
});

test('what a message says is read, and its HTML neither runs nor loads anything', async () => {
  let asked = 0;
  const tracker = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(tracker, 'listening');
  const { port } = tracker.address() as AddressInfo;
  const head = 'Content-Type: text/html\r\nX-Mark: <script>alert(1)</script>\r\n\r\n';
  const octets = Buffer.from(head + hostile(`http://127.0.0.1:${port}`));
  const message = { subject: 'hostile', sizeOctets: octets.length, content: { kind: 'inline', octets } } as const;
  const mail = await storeMail(world.store, { message });
  const looking = await visit(browser, world.url, { storageState: await page.context().storageState() });
  await open(looking.page, `/messages/${mail.id}`);
  await looking.page.getByRole('button', { name: 'Show header and content' }).click();
  await looking.page.getByText('<script>alert(1)</script>').waitFor();
  await looking.page.getByRole('button', { name: 'HTML', exact: true }).click();
  await looking.page.frameLocator('iframe').getByRole('heading', { name: 'Good day' }).waitFor();
  const download = looking.page.waitForEvent('download');
  await looking.page.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe(`${mail.id}.eml`);
  expect(await looking.page.title()).not.toContain('taken');
  // The browser tells of what it kept from running and from loading; nobody was asked, and no dialog came up.
  expect(asked).toBe(0);
  expect(looking.faults.filter((fault) => /^(?:dialog|fault): /.test(fault))).toEqual([]);
  tracker.close();
  await open(page, '/audit');
  await page.getByText('message: download').first().waitFor();
});

test('the settings tell what is set, and no secret', async () => {
  await open(page, '/settings');
  await page.getByText('POSTERN_SECRET').waitFor();
  const words = await page.getByRole('main').innerText();
  expect(words).toContain('set; a secret, not shown');
  expect(words).not.toContain('a secret of the lab');
  expect(faults).toEqual([]);
});

test('a rate is told against its thresholds, in words; of few recipients it says nothing', async () => {
  await open(page, '/');
  const rates = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Rates', exact: true }) });
  await rates.getByText('too few to say').nth(3).waitFor();
  await world.store.pool.query(`
    insert into outcome_rollups
      (span, bucket, credential_id, sender_domain, queue_id, source, outcome, class, recipients)
    select 'hour', date_trunc('hour', now()), '00000000-0000-0000-0000-000000000000', 'lab.example', 1, '', outcome, '', recipients
    from (values ('delivered', 939), ('bounced', 59)) as more (outcome, recipients)`);
  await open(page, '/');
  await rates.getByText(/^warning 940 .*warning below 95%, critical below 90%$/).waitFor();
  await rates.getByText(/^warning 60 .*warning at 5%, critical at 10%$/).waitFor();
  await rates.getByText(/^0 of all attempts · warning at 25%, critical at 50%$/).waitFor();
});
