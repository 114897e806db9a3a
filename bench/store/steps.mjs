import { newMessageId } from '@postern/queue';

const ACCEPT_BATCH = 64;
const ACCEPTS_IN_FLIGHT = 2;
const CLAIM = 100;
const RECORD_BATCH = 128;
const TRACE = Buffer.from(
  'Received: from client.example.org (localhost [127.0.0.1])\r\n\tby mail.example.org (Postern) with ESMTPSA\r\n'.repeat(
    3,
  ),
);

/** Accepts the messages in batches, two under way at a time, as group commit does. */
export async function acceptAll({ store, messages, sizeOctets, queueIds }) {
  const content = Buffer.alloc(sizeOctets, 'The quick brown fox jumps over the lazy dog 0123456789.\r\n');
  let accepted = 0;
  const lane = async () => {
    while (accepted < messages) {
      const from = accepted;
      accepted += ACCEPT_BATCH;
      await store.accept.accept(
        Array.from({ length: ACCEPT_BATCH }, (_, index) => message(from + index, content, queueIds)),
      );
    }
  };
  await Promise.all(Array.from({ length: ACCEPTS_IN_FLIGHT }, lane));
  return accepted;
}

/** Claims all that is due, a lane for each queue. */
export async function claimAll({ store, queueIds }, claims) {
  let claimed = 0;
  const lane = async (queueId) => {
    for (;;) {
      const claim = await store.delivery.claim({ queueId, limit: CLAIM, leaseMs: 600_000, inlineOctets: 262_144 });
      if (claim.recipients === 0) return;
      claimed += claim.recipients;
      claims.push({
        leaseToken: claim.leaseToken,
        ids: claim.messages.map(({ id, recipients }) => [id, recipients[0].id]),
      });
    }
  };
  await Promise.all(queueIds.map(lane));
  return claimed;
}

/** Records that all of them were delivered, in batches, one under way at a time. */
export async function recordAll({ store }, claims) {
  const outcomes = claims.flatMap(({ leaseToken, ids }) =>
    ids.map(([messageId, recipientId]) => delivered({ leaseToken, messageId, recipientId })),
  );
  for (let at = 0; at < outcomes.length; at += RECORD_BATCH)
    await store.delivery.record(outcomes.slice(at, at + RECORD_BATCH));
  return outcomes.length;
}

/** Accepts, claims and records at the same time, as a gateway does under load. */
export async function relayAll(about) {
  const { store, messages, queueIds } = about;
  let done = 0;
  let waiting = [];
  let wake;
  const lane = async (queueId) => {
    while (done + waiting.length < messages) {
      const claim = await store.delivery.claim({ queueId, limit: CLAIM, leaseMs: 600_000, inlineOctets: 262_144 });
      for (const { id: messageId, recipients } of claim.messages)
        waiting.push(delivered({ leaseToken: claim.leaseToken, messageId, recipientId: recipients[0].id }));
      wake?.();
      if (claim.recipients === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const recorder = async () => {
    while (done < messages) {
      if (waiting.length === 0) await new Promise((resolve) => (wake = resolve));
      const batch = waiting.splice(0, RECORD_BATCH);
      await store.delivery.record(batch);
      done += batch.length;
    }
  };
  await Promise.all([acceptAll(about), ...queueIds.map(lane), recorder()]);
  return done;
}

function message(index, octets, queueIds) {
  const to = index % queueIds.length;
  const id = newMessageId(Date.now());
  return {
    id,
    acceptedAt: new Date(),
    reversePath: `sender${index % 7}@example.org`,
    recipients: [{ forwardPath: `user${index}@dest${to}.example`, domain: `dest${to}.example`, queueId: queueIds[to] }],
    origin: {
      listener: 'submission',
      clientAddress: '127.0.0.1',
      clientName: 'client.example.org',
      credentialId: '01890000-0000-7000-8000-000000000001',
      networkId: undefined,
      tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' },
    },
    sizeOctets: octets.length + TRACE.length,
    body: '7BIT',
    smtpUtf8: false,
    headerFrom: '"Some Sender" <sender@example.org>',
    subject: `Message number ${index} of this run`,
    messageIdField: `<${id}@example.org>`,
    traceFields: TRACE,
    content: { kind: 'inline', octets },
  };
}

function delivered(of) {
  return {
    ...of,
    disposition: { kind: 'delivered' },
    attempt: {
      startedAt: new Date(),
      durationMs: 12,
      stepsMs: { connect: 1, greeting: 1, ehlo: 1, mail: 2, rcpt: 2, data: 3, content: 2 },
      stage: 'content',
      host: 'mx0.example',
      address: '127.0.0.2',
      reply: { from: 'remote', code: 250, enhanced: '2.0.0', text: 'Ok: queued as 4XYZ1234567' },
      tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', verified: false, certificate: 'CN=mx0.example' },
      policy: 'opportunistic',
    },
  };
}
