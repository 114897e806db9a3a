import { parseNetwork } from '@postern/dns';
import type { NetworkReference } from '../ports/network-admin.ts';
import { readId } from '../reference.ts';

/** What a listed network is called by: its id, or its CIDR. Undefined: it can be neither. */
export function readNetworkReference(text: string): NetworkReference | undefined {
  const byId = readId(text);
  if (byId) return byId;
  const reading = parseNetwork(text);
  return reading.kind === 'network' ? { cidr: reading.network.text } : undefined;
}
