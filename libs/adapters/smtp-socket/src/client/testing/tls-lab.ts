import { certificateAuthority, type Leaf } from '@postern/lab';
import type { DialTarget, Dialer } from '@postern/smtp-client';
import type { ChannelDemand } from '@postern/tls-policy';
import { createDialer } from '../dialer.ts';

export const NAME = 'mx.example.com';
export const OPPORTUNISTIC: ChannelDemand = { kind: 'opportunistic' };
export const ENCRYPTED: ChannelDemand = { kind: 'encrypted', because: 'route' };
export const VERIFIED: ChannelDemand = { kind: 'verified', names: [NAME], because: 'route' };

/** The authority that the dialer trusts, and a host's good certificate by it. */
export const authority = await certificateAuthority();
export const good: Leaf = await authority.issue([NAME]);

/** A server's options for a certificate. */
export const tls = ({ key, chain }: Leaf) => ({ key, cert: chain });

export const dialer = (): Dialer =>
  createDialer({ localName: 'us.example.org', ca: [authority.certificate], timeouts: { tlsMs: 500 } });

export const at = (host: { address: string; port: number }, demand: ChannelDemand): DialTarget => ({
  host: NAME,
  address: host.address,
  port: host.port,
  demand,
});
