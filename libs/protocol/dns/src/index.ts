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
export * from './message/answer-of.ts';
export { isAskable } from './message/name.ts';
export * from './message/query.ts';
export * from './message/response.ts';
export type { RecordOf } from './message/types.ts';
export * from './special-names.ts';
export * from './both-families.ts';
