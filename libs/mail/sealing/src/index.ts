export { deriveKeys, type Keys } from './derive-keys.ts';
export { seal, unseal } from './seal.ts';
export { DKIM_PRIVATE_KEY, UPSTREAM_CERTIFICATE, UPSTREAM_PASSWORD } from './purposes.ts';
