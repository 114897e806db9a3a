import { newMessageId, UNRESOLVED_QUEUE } from '@postern/queue';
import { expect } from 'vitest';
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

async function accept({ store }: RunningTestApi): Promise<string> {
  const octets = Buffer.from(`Subject: hi\r\nContent-Type: text/html\r\n\r\n${HTML}\r\n`);
  const acceptedAt = new Date();
  const id = newMessageId(acceptedAt.getTime());
  await store.accept.accept([
    {
      id,
      acceptedAt,
      reversePath: 'a@example.org',
      recipients: [{ forwardPath: 'b@example.com', domain: 'example.com', queueId: UNRESOLVED_QUEUE }],
      origin: {
        listener: 'submission',
        clientAddress: '192.0.2.1',
        clientName: 'client.example.org',
        credentialId: undefined,
        networkId: undefined,
        tls: undefined,
      },
      sizeOctets: octets.length,
      body: '7BIT',
      smtpUtf8: false,
      headerFrom: 'a@example.org',
      subject: 'hi',
      messageIdField: '<1@example.org>',
      traceFields: Buffer.alloc(0),
      content: { kind: 'inline', octets },
    },
  ]);
  return id;
}
