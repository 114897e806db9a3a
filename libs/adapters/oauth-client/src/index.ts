/** Access tokens by OAuth client credentials, for smarthosts. */
export { TokenSource, type TokenEnd, type TokenRequest } from './token-source.ts';
