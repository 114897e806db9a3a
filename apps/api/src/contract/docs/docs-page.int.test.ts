import { createHash } from 'node:crypto';
import { ROUTES } from '@postern/admin-contract';
import { expect, test as plain } from 'vitest';
import { test } from '../../testing/running-api.ts';
import { docsPage } from './docs-page.ts';

test('the page tells every route, loads nothing and runs nothing', async ({ api }) => {
  const { status, text, headers } = await api.ask('GET', '/api/docs');
  expect(status).toBe(200);
  for (const name of Object.keys(ROUTES)) expect(text).toContain(`id="${name}"`);
  expect(text).not.toMatch(/<script|<link|<img|\bsrc=|@import|url\(|\son\w+=/i);
  const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  expect(headers.get('content-security-policy')).toContain(`default-src 'none'; style-src 'sha256-${digest}'`);
  // Every link leads to something on the page, or to another page of ours.
  const targets = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  for (const id of new Set(targets)) expect(text, id).toContain(`id="${id}"`);
});

plain('what a document says is text on the page', () => {
  const operation = {
    operationId: 'x',
    tags: ['<script>'],
    summary: '<img src=x onerror=alert(1)>',
    security: [],
    parameters: [{ name: '"><script>', in: 'query', required: true, schema: { enum: ['<b>'] } }],
    responses: { 200: { description: '<script>' } },
  };
  const { html } = docsPage({ paths: { '/"><script>': { get: operation } }, components: { schemas: {} } });
  expect(html).not.toMatch(/<script|<img|<b>"/i);
});
