export { deriveKeys, type Keys } from './derive-keys.ts';
export { seal, unseal } from './seal.ts';
export { UPSTREAM_PASSWORD } from './purposes.ts';
