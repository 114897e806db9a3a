/** The domains that mail is sent as: their keys, what is to be published, and whether the world sees it. */
export { chooseSigningDomain, domainsAbove } from './choose-signing-domain.ts';
export { sightOf } from './check/check-dkim.ts';
export type { SentMail } from './check/check-dmarc.ts';
export * from './check/check-bulk.ts';
export * from './check/check-change.ts';
export * from './check/check-domain.ts';
export { type CheckLine, type CheckStatus, worst } from './check/check-line.ts';
export { checkSources, sourceAddresses } from './check/check-sources.ts';
export type * from './domain-rotation-store.ts';
export * from './keep-domain.ts';
export * from './make-key.ts';
export * from './record-forms.ts';
export * from './records.ts';
export * from './rotation.ts';
export * from './selector-name.ts';
export * from './sending-domain.ts';
export { type Signing, SigningDirectory, type SigningDirectoryOptions } from './signing-directory.ts';
export type * from './signing-store.ts';
