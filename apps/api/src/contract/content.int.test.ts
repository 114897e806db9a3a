import { expect } from 'vitest';
import { acceptMessage } from '../testing/accept-message.ts';
import { test, type RunningTestApi } from '../testing/running-api.ts';

const HTML = '<script>alert(1)</script><img src="https://evil.example/seen"><form action="https://evil.example">';

test('the HTML of a message comes as a page that runs nothing, loads nothing and sends nothing', async ({ api }) => {
  const cookie = await api.signIn();
  const id = await accept(api);
  const { status, headers, text } = await api.ask('GET', `/api/v1/messages/${id}/content/html`, { cookie });
  expect(status).toBe(200);
  expect(text).toContain(HTML);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(/^sandbox; default-src 'none';/);
  expect(policy).not.toMatch(/allow-|script-src|https:/);
  expect(policy).toContain("form-action 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('a message is downloaded as a file that no browser opens', async ({ api }) => {
  const cookie = await api.signIn();
  const id = await accept(api);
  const { status, headers } = await api.ask('GET', `/api/v1/messages/${id}/raw`, { cookie });
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${id}.eml"`);
  expect(headers.get('content-type')).toBe('message/rfc822');
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
});

function accept({ store }: RunningTestApi): Promise<string> {
  const octets = Buffer.from(`Subject: hi\r\nContent-Type: text/html\r\n\r\n${HTML}\r\n`);
  return acceptMessage(store, { octets });
}
