import { BlockList, isIPv6 } from 'node:net';

/**
 * Whether to believe what a hop says in X-Forwarded-For about the hop before it; hop 0 is our own peer.
 *
 * This machine is believed (the console, and a proxy in front of it). Our own peer is believed from a private network
 * too, where the console runs in a container of its own; further hops there are not, since they may be anyone's browser.
 */
export function isTrustedProxy(address: string, hop: number): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  return LOOPBACK.check(address, family) || (hop === 0 && PRIVATE.check(address, family));
}

const LOOPBACK = blockList(['127.0.0.0', 8], ['::1', 128], ['::ffff:127.0.0.0', 104]);
const PRIVATE = blockList(['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['fc00::', 7]);

function blockList(...networks: readonly (readonly [prefix: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [prefix, bits] of networks) list.addSubnet(prefix, bits, isIPv6(prefix) ? 'ipv6' : 'ipv4');
  return list;
}
