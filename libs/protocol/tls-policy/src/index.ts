/** What a mail host must prove, and whether it did. */
export { certificateNames } from './certificate-names.ts';
export { dnsNames, presentedNames } from './certificate/dns-names.ts';
export { publicKeyInfo } from './certificate/public-key-info.ts';
export { trustedButForDates } from './certificate/trusted-but-for-dates.ts';
export * from './channel-demand.ts';
export * from './channel-facts.ts';
export * from './dane/prove-by-dane.ts';
export * from './dane/usable-tlsa.ts';
export * from './demand/findings.ts';
export * from './demand/host-demand.ts';
export * from './judge.ts';
export * from './mta-sts/names-host.ts';
export * from './mta-sts/sts-policy.ts';
export * from './mta-sts/sts-record.ts';
export * from './result-type.ts';
export * from './verification-code.ts';
