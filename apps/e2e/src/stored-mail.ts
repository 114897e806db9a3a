import type { Store } from '@postern/prisma-store';
import { type AttemptFacts, type Disposition, newMessageId, type NewMessage } from '@postern/queue';

/** A message put straight into the store, as submission would have. */
export interface StoredMail {
  readonly id: string;
  /** The delivery queue that its recipients wait in. */
  readonly queueId: number;
}

export interface MailOptions {
  readonly to?: readonly string[];
  /** The mail hosts of the recipients' domain. */
  readonly site?: string;
  readonly message?: Partial<NewMessage>;
}

/** Stores a message for a site; by default one that nobody has anything against. */
export async function storeMail(store: Store, options: MailOptions = {}): Promise<StoredMail> {
  const to = options.to ?? ['someone@receiver.example'];
  const domain = to[0]?.split('@').at(-1) ?? '';
  const queueId = await store.delivery.rememberSite({
    domain,
    key: options.site ?? 'mx.receiver.example',
    freshUntil: new Date(Date.now() + 3_600_000),
  });
  const content = Buffer.from('Subject: sound\r\n\r\nHello\r\n');
  const id = options.message?.id ?? newMessageId(Date.now());
  await store.accept.accept([
    {
      id,
      acceptedAt: new Date(),
      reversePath: 'app@lab.example',
      recipients: to.map((forwardPath) => ({ forwardPath, domain, queueId })),
      origin: {
        listener: 'submission',
        clientAddress: '127.0.0.1',
        clientName: 'client.lab.example',
        credentialId: undefined,
        networkId: undefined,
        tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
      },
      sizeOctets: content.length,
      body: '7BIT',
      smtpUtf8: false,
      headerFrom: 'App <app@lab.example>',
      subject: 'sound',
      messageIdField: '<sound@lab.example>',
      traceFields: Buffer.from('Received: from client.lab.example\r\n'),
      content: { kind: 'inline', octets: content },
      ...options.message,
    },
  ]);
  return { id, queueId };
}

/** Makes one attempt for every recipient that is due in the queue, as a lane would have, and records how it ended. */
export async function recordAttempt(
  store: Store,
  mail: StoredMail,
  disposition: Disposition,
  facts: Partial<AttemptFacts> = {},
): Promise<void> {
  const claim = await store.delivery.claim({
    queueId: mail.queueId,
    limit: 100,
    leaseMs: 60_000,
    inlineOctets: 65_536,
  });
  const attempt: AttemptFacts = {
    startedAt: new Date(),
    durationMs: 41,
    stepsMs: { connect: 3, greeting: 11, mail: 6, rcpt: 9, content: 12 },
    stage: 'content',
    host: 'mx.receiver.example',
    address: '127.0.0.2',
    reply: { from: 'remote', code: 250, enhanced: '2.0.0', text: '250 2.0.0 Ok: queued as 4XYZ' },
    tls: {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      verified: false,
      certificate: 'CN=mx.receiver.example',
    },
    policy: 'opportunistic',
    ...facts,
  };
  await store.delivery.record(
    claim.messages.flatMap(({ id, recipients }) =>
      recipients.map((recipient) => ({
        recipientId: recipient.id,
        messageId: id,
        leaseToken: claim.leaseToken,
        disposition,
        attempt,
      })),
    ),
  );
}
