import type { Dsn } from '../index.ts';

export const HEADER = 'From: <app@example.org>\r\nSubject: Hello\r\nMessage-ID: <1@app.example.org>\r\n';

/** A failure of two recipients. */
export function failure(): Dsn {
  return {
    hostname: 'mail.example.org',
    to: 'app@example.org',
    subject: 'Undelivered mail: Hello',
    date: new Date('2026-01-02T03:04:05Z'),
    messageId: '<0193-abcd@mail.example.org>',
    text: 'Your message was not delivered.\n\n<bob@b.example>: there is no such mailbox.\n',
    envelopeId: 'QQ314159',
    arrivalDate: new Date('2026-01-01T00:00:00Z'),
    recipients: [
      {
        finalRecipient: 'bob@b.example',
        orcpt: 'rfc822;Bob@b.example',
        action: 'failed',
        status: '5.1.1',
        remoteMta: 'mx.b.example',
        diagnostic: { type: 'smtp', text: '550 5.1.1 no such user' },
        lastAttempt: new Date('2026-01-02T03:04:00Z'),
      },
      {
        finalRecipient: 'eve@c.example',
        action: 'failed',
        status: '5.4.7',
        diagnostic: { type: 'x-postern', text: '451 4.4.1 Nobody answers' },
      },
    ],
    original: { kind: 'headers', octets: Buffer.from(HEADER) },
  };
}
