import type { ServerChannel, ServerMechanism } from '@postern/sasl';
import type { Client } from './client.ts';
import type { Session } from './session.ts';

/** The mechanisms that can be honoured on this channel, in the order in which EHLO lists them; none in clear (RFC 4954 §4, RFC 8314 §3.3). */
export function offeredMechanisms({ settings, client }: Session): readonly ServerMechanism[] {
  if (settings.authentication === 'none' || !client.tls) return [];
  const channel = channelOf(client);
  return settings.mechanisms.filter(({ fits }) => fits === undefined || fits(channel));
}

/** What a mechanism may know of the channel to a client. */
export function channelOf({ tls }: Client): ServerChannel {
  return {
    binding: (type) => tls?.binding?.(type),
    clientCertificate: tls?.clientCertificate ? 'shown' : 'none',
  };
}
