import { contains, parseNetwork } from '@postern/dns';
import type { Credential } from './credential.ts';

/** Whether a credential may be used from an address: from any when it names no networks. */
export function usableFrom({ networks }: Pick<Credential, 'networks'>, address: string): boolean {
  return (
    networks.length === 0 ||
    networks.some((text) => {
      const reading = parseNetwork(text);
      return reading.kind === 'network' && contains(reading.network, address);
    })
  );
}
