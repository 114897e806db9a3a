import { newMessageId } from '@postern/queue';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, open, signedInPage, storeMail } from '../src/index.ts';

const world = await consoleWorld();

/** Each is accepted a millisecond after the one before, so that their order is theirs. */
const start = Date.now() - 60_000;
const letter = (number: number) =>
  storeMail(world.store, {
    to: [`a${number}@receiver.example`],
    message: {
      id: newMessageId(start + number),
      acceptedAt: new Date(start + number),
      subject: `letter ${number}`,
    },
  });
for (let number = 1; number <= 60; number += 1) await letter(number);
const { page, faults, end } = await signedInPage(world, '/messages');
await page.getByText('Live', { exact: true }).waitFor();
afterAll(end);
const subjects = () => page.getByRole('link', { name: /^letter/ }).allInnerTexts();

test('new messages are counted above the list, and shown when they are asked for', async () => {
  expect((await subjects()).slice(0, 2)).toEqual(['letter 60', 'letter 59']);
  await letter(61);
  await letter(62);
  const offer = page.getByRole('button', { name: '2 new messages' });
  await offer.waitFor();
  expect((await subjects())[0]).toBe('letter 60');
  await offer.click();
  await page.getByRole('link', { name: 'letter 62' }).waitFor();
  await offer.waitFor({ state: 'detached' });
  expect((await subjects())[0]).toBe('letter 62');
  expect(faults).toEqual([]);
});

test('the list goes on page by page, without a gap and without a double', async () => {
  await open(page, '/messages');
  const first = await subjects();
  await page.getByRole('link', { name: 'Older' }).click();
  await page.getByRole('link', { name: 'Latest' }).waitFor();
  const all = Array.from({ length: 62 }, (_, at) => `letter ${62 - at}`);
  const second = all.slice(first.length);
  expect(first).toEqual(all.slice(0, first.length));
  expect(first.length).toBeGreaterThan(0);
  await expect.poll(subjects).toEqual(second);
  await page.reload();
  await expect.poll(subjects, { timeout: 10_000 }).toEqual(second);
  expect(faults).toEqual([]);
});

test('a search is kept in the address, and a state is added to it', async () => {
  await open(page, '/messages');
  await page.keyboard.press('/');
  await page.keyboard.type('to:a7@receiver.example');
  await page.keyboard.press('Enter');
  await page.getByText('1 message shown').waitFor();
  await expect.poll(subjects).toEqual(['letter 7']);
  await page.getByRole('link', { name: 'queued', exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('q') === 'state:queued to:a7@receiver.example');
  await expect.poll(subjects).toEqual(['letter 7']);
  await page.getByRole('link', { name: 'bounced', exact: true }).click();
  await page.getByText('No message is like that').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'letter 7' }).waitFor();
  expect(faults).toEqual([]);
});

test('a search that is not understood is told in words, and mended', async () => {
  await open(page, '/messages?q=colour%3Ared');
  await page.getByText('This search is not understood').waitFor();
  await page.getByText(/no such term/).waitFor();
  const search = page.getByRole('searchbox', { name: 'Search messages' });
  await search.fill('to:a7@receiver.example');
  await search.press('Enter');
  await page.getByRole('link', { name: 'letter 7' }).waitFor();
  expect(faults).toEqual([]);
});

test('a message that is not there, and an id that is none, are told and lead back', async () => {
  for (const id of ['01970000-0000-7000-8000-000000000000', 'none']) {
    await open(page, `/messages/${id}`);
    await page.getByText('There is nothing at this address').waitFor();
    await page.getByRole('link', { name: 'Search messages' }).waitFor();
  }
});

test('an address that leads nowhere is told within the frame, with every way on', async () => {
  const answer = await page.goto('/nowhere/at/all');
  expect(answer?.status()).toBe(404);
  await page.getByText('There is nothing at this address').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Queues' }).click();
  await page.getByRole('heading', { name: 'Queues' }).waitFor();
});

test('when the API goes away the console says since when, and when it is back so are the figures', async () => {
  await open(page, '/queues');
  await page.getByText('Live', { exact: true }).waitFor();
  await world.killApi();
  await page.getByText('Reconnecting').waitFor();
  await page.getByText('No live updates since').waitFor();
  await page.getByRole('row').filter({ hasText: 'mx.receiver.example' }).waitFor();
  await letter(63);
  await world.startApi();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('No live updates since').waitFor({ state: 'detached' });
  await page.getByRole('row').filter({ hasText: 'mx.receiver.example' }).getByText('63').waitFor();
});
