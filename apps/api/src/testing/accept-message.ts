import type { Store } from '@postern/prisma-store';
import { newMessageId, UNRESOLVED_QUEUE } from '@postern/queue';

/** Accepts a message for some recipients, as submission does; answers its id. */
export async function acceptMessage(
  store: Store,
  { octets, to = ['b@example.com'] }: { readonly octets: Buffer; readonly to?: readonly string[] },
): Promise<string> {
  const acceptedAt = new Date();
  const id = newMessageId(acceptedAt.getTime());
  await store.accept.accept([
    {
      id,
      acceptedAt,
      reversePath: 'a@example.org',
      recipients: to.map((forwardPath) => ({ forwardPath, domain: 'example.com', queueId: UNRESOLVED_QUEUE })),
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
