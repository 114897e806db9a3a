import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { consoleWorld, recordAttempt, signedInPage, storeMail } from '../src/index.ts';

const REPORT = gzipSync(
  JSON.stringify({
    'organization-name': 'Reporter <b>',
    'date-range': { 'start-datetime': '2026-11-21T00:00:00Z', 'end-datetime': '2026-11-21T23:59:59Z' },
    'contact-info': 'tls@reporter.example',
    'report-id': 'r1',
    policies: [
      {
        policy: { 'policy-type': 'sts', 'policy-domain': 'example.org' },
        summary: { 'total-successful-session-count': 5, 'total-failure-session-count': 2 },
        'failure-details': [
          {
            'result-type': 'starttls-not-supported',
            'receiving-mx-hostname': 'mx.example.org',
            'failed-session-count': 2,
          },
        ],
      },
    ],
  }),
);

const world = await consoleWorld();
const { store } = world;
const delivered = async (to: string, tls: { readonly verified: boolean; readonly failure?: string }) => {
  const mail = await storeMail(store, { to: [to] });
  const said = { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', certificate: undefined };
  await recordAttempt(store, mail, { kind: 'delivered' }, { tls: { ...said, ...tls } });
};
await delivered('a@receiver.example', { verified: true });
await delivered('b@receiver.example', { verified: false, failure: 'certificate-expired: it is old' });
const common = { policyType: 'sts', policyString: [], mxHost: [], domain: 'receiver.example' } as const;
const failure = { resultType: 'certificate-expired', host: 'mx.receiver.example', because: 'it is old' };
const day = new Date().toISOString().slice(0, 10);
await store.tlsReports.countSessions([
  { ...common, day, sessions: 40 },
  { ...common, day, sessions: 3, failure },
]);
const { page, faults, end } = await signedInPage(world, '/tls-policy');
afterAll(end);

test('a rule is added with its reason and its end, refused with a word at its field, and removed', async () => {
  await page.getByText('None: what a domain publishes counts').waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a rule' });
  await dialog.getByLabel('Which').fill('partner..example');
  await dialog.getByLabel('Reason').fill('the contract says so');
  await dialog.getByLabel('At least').selectOption('TLSv1.3');
  await dialog.getByLabel('Until').fill('2099-01-31T12:00');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await dialog.getByText('Expected', { exact: false }).waitFor();
  await dialog.getByLabel('Which').fill('partner.example');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  const rule = page.getByRole('listitem').filter({ hasText: 'partner.example' });
  await rule.getByText('TLS with a certificate for its name, TLS 1.3 or later, until').waitFor();
  await rule.getByText('the contract says so').waitFor();
  await rule.getByRole('button', { name: 'Remove the rule for domain partner.example' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('None: what a domain publishes counts').waitFor();
});

test('it is simulated which deliveries verified TLS would have held back', async () => {
  await page.getByRole('link', { name: 'Simulate' }).click();
  await page.getByLabel('Recipients').fill('receiver.example\nquiet.example');
  await page.getByRole('button', { name: 'Simulate' }).click();
  await page.waitForURL('**/tls-policy?view=simulate&domains=*');
  const simulated = page.getByRole('region', { name: 'Simulation' });
  await simulated.getByText('1 of 2 would have waited').waitFor();
  await simulated.getByText('certificate-expired: it is old').waitFor();
  await simulated.getByText('no delivery', { exact: true }).waitFor();
});

test('results are shown by destination, and lead to what explains them', async () => {
  await page.getByRole('link', { name: 'Results' }).click();
  const row = page.getByRole('row').filter({ hasText: 'receiver.example' });
  await row.getByText('3 × certificate-expired at mx.receiver.example').waitFor();
  await row.getByText('MTA-STS').waitFor();
});

test('a report about our domains is taken in from its file, once, and its failures are shown', async () => {
  await page.getByRole('link', { name: 'Reports', exact: true }).click();
  await page.getByText('No report yet').waitFor();
  const upload = async () => {
    await page.getByRole('button', { name: 'Take in a report' }).click();
    await page.getByLabel('File').setInputFiles({ name: 'r.json.gz', mimeType: 'application/gzip', buffer: REPORT });
    await page.getByRole('button', { name: 'Take it in' }).click();
  };
  await upload();
  const row = page.getByRole('row').filter({ hasText: 'Reporter <b>' });
  await row.getByText('taken in by hand').waitFor();
  await row.getByText('2 of 7').waitFor();
  await row.locator('summary').click();
  await row.getByText('2 × starttls-not-supported for example.org at mx.example.org').waitFor();
  await upload();
  await page.getByRole('dialog').getByText('is there already', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Leave it' }).click();
  await page.getByRole('link', { name: 'Explain and rules' }).click();
});

test('a domain that has no mail hosts is explained as one that mail does not reach', async () => {
  await page.getByRole('searchbox', { name: 'Domain to explain' }).fill('nothing.invalid');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tls-policy?domain=nothing.invalid');
  const explained = page.getByRole('region', { name: 'TLS policy of nothing.invalid' });
  await explained.getByText('Where the demands come from').waitFor();
  await explained.getByText('its own mail hosts').waitFor();
  expect(faults).toEqual([]);
});
