import { newMessageId } from '@postern/queue';

const CONTENT = Buffer.from(`Subject: bench\r\n\r\n${'x'.repeat(70)}\r\n`);

/** A message for one recipient, as submission hands it to the store. */
export function message({ to, domain, queueId }) {
  return {
    id: newMessageId(Date.now()),
    acceptedAt: new Date(),
    reversePath: 'bench@example.org',
    recipients: [{ forwardPath: to, domain, queueId }],
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: 'bench.example.org',
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: CONTENT.length,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: 'bench@example.org',
    subject: 'bench',
    messageIdField: '<bench@example.org>',
    traceFields: Buffer.from('Received: from bench.example.org\r\n'),
    content: { kind: 'inline', octets: CONTENT },
  };
}
