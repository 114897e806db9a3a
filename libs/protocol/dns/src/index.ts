/** Names, records, special-use addresses, the order of mail hosts. */
export * from './address.ts';
export * from './answer.ts';
export * from './before-ourselves.ts';
export * from './host-addresses.ts';
export * from './mail-hosts.ts';
export * from './network.ts';
export * from './records.ts';
export * from './resolver.ts';
export * from './site-key.ts';
export * from './special-use.ts';
