/** Access tokens of the configured OpenID provider, verified. */
export { openIdTokenVerifier, type OpenIdOptions } from './token-verifier.ts';
