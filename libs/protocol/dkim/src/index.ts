/** Signatures of DKIM (RFC 6376, 8301, 8463): made, and verified. */
export { BodyHasher } from './body-hasher.ts';
export * from './canonicalization.ts';
export { DEFAULT_FIELD_POLICY, type FieldPolicy, selectFields } from './field-policy.ts';
export * from './key-record.ts';
export * from './keys.ts';
export { isSelector } from './selector.ts';
export { type SignerKey, type SignRequest, signMessage } from './sign.ts';
export { readTagList, type TagList } from './tag-list.ts';
export * from './signatures-of.ts';
export * from './verify.ts';
