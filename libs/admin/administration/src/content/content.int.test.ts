import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { downloadMessage, showContentHtml } from './content-files.ts';
import { showContent } from './show-content.ts';

const octets = Buffer.from('Subject: hi\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>');
const stored = { sizeOctets: octets.length, content: { kind: 'inline', octets } } as const;

test('what a message says is shown and downloaded, and each look is in the audit', async ({ scenario }) => {
  const { context } = scenario;
  const params = { id: await scenario.accept(['b@example.com'], stored) };
  expect(await showContent(context, { params })).toMatchObject({ ok: { text: null, html: true, whole: true } });
  expect(await showContentHtml(context, { params })).toEqual({ ok: '<script>alert(1)</script>' });
  const file = await downloadMessage(context, { params });
  const chunks: Uint8Array[] = [];
  if ('ok' in file) for await (const chunk of file.ok) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toContain(octets.toString());
  expect((await scenario.audit()).map(({ action }) => action)).toEqual([
    'message.read',
    'message.read',
    'message.download',
  ]);
});

test('an auditor reads no content, and asking leaves nothing in the audit', async ({ scenario }) => {
  const params = { id: await scenario.accept(['b@example.com'], stored) };
  const refused = { refused: { code: 'forbidden' } };
  expect(await showContent(scenario.asAuditor, { params })).toMatchObject(refused);
  expect(await showContentHtml(scenario.asAuditor, { params })).toMatchObject(refused);
  expect(await downloadMessage(scenario.asAuditor, { params })).toMatchObject(refused);
  expect(await scenario.audit()).toEqual([]);
});

test('what was delivered has no content any more', async ({ scenario }) => {
  const params = { id: await scenario.accept(['b@example.com'], stored) };
  await scenario.attempt({ kind: 'delivered' });
  expect(await showContent(scenario.context, { params })).toMatchObject({ refused: { code: 'not-found' } });
});
