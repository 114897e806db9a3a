/**
 * The types of channel binding that we know, best first: `tls-exporter` (RFC 9266 §2, TLS 1.3) and `tls-server-end-point`
 * (RFC 5929 §4). `tls-unique` is not among them: it means nothing under TLS 1.3, and was broken before (RFC 7627).
 */
export const CHANNEL_BINDING_TYPES = ['tls-exporter', 'tls-server-end-point'] as const;
export type ChannelBindingType = (typeof CHANNEL_BINDING_TYPES)[number];

/** The type of a name; undefined when it is none of ours. */
export function channelBindingType(name: string): ChannelBindingType | undefined {
  return CHANNEL_BINDING_TYPES.find((each) => each === name);
}
