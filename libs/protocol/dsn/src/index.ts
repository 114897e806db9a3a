/** Delivery status notifications and feedback reports (RFC 3464, RFC 6522, RFC 5965), written and read. */
export * from './attachments.ts';
export * from './delivery-status.ts';
export * from './format-dsn.ts';
export * from './read-report.ts';
export { decodedOctets, type Entity, partsOf, readEntity, valueOf } from './mime-entity.ts';
