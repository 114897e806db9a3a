import { type MailHost, type ReceivedMessage, waitFor } from '@postern/lab';
import type { RawReply } from './raw-client.ts';

/** Where our Received field stands. */
const TRACE_OCTETS = 1_000;

/**
 * Waits until the message that a reply accepts by its id has arrived at a mail host, known by its Received field: what was
 * sent before it may arrive after it.
 */
export function arrivalOf(host: MailHost, { text }: RawReply): Promise<ReceivedMessage> {
  const id = /^250 2\.0\.0 Accepted as (?<id>[0-9a-f-]{36})/.exec(text)?.groups?.['id'];
  if (id === undefined) throw new Error(`This accepts no message: ${text}`);
  return waitFor(() => host.messages.find(({ content }) => content?.subarray(0, TRACE_OCTETS).includes(id)), {
    what: `message ${id}`,
    timeoutMs: 20_000,
  });
}
