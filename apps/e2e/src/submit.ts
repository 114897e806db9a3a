import { createTransport } from 'nodemailer';

/** Where mail is submitted, and with which credential. */
export interface Submitter {
  readonly gateway: { readonly ports: { readonly submission: number } };
  readonly user: string;
  readonly password: string;
}

/** Submits a content as it is, over STARTTLS with AUTH; rejects with the reply when it is refused. */
export async function submit(
  world: Submitter,
  content: Buffer | string = SOUND,
  envelope: { readonly from?: string; readonly to?: string | readonly string[] } = {},
): Promise<{ readonly reply: string; readonly accepted: readonly string[]; readonly rejected: readonly string[] }> {
  const transport = createTransport({
    host: '127.0.0.1',
    port: world.gateway.ports.submission,
    requireTLS: true,
    auth: { user: world.user, pass: world.password },
    tls: { rejectUnauthorized: false },
  });
  try {
    const to = envelope.to ?? 'someone@receiver.example';
    const sent = await transport.sendMail({
      envelope: { from: envelope.from ?? 'app@lab.example', to: typeof to === 'string' ? to : [...to] },
      raw: content,
    });
    return { reply: sent.response, accepted: sent.accepted.map(String), rejected: sent.rejected.map(String) };
  } finally {
    transport.close();
  }
}

/** A message that nobody has anything against. */
export const SOUND = 'From: app@lab.example\r\nTo: someone@receiver.example\r\nSubject: sound\r\n\r\nHello\r\n';
