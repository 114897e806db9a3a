export * from './credential-name.ts';
export * from './credential-store.ts';
export * from './credential.ts';
export * from './secret.ts';
export * from './stored-secret.ts';
export * from './sender-rule.ts';
export * from './authenticate.ts';
export * from './usable-from.ts';
