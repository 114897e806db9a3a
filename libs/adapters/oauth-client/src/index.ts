/** Access tokens by OAuth client credentials, for smarthosts. */
export { fetchToken } from './fetch-token.ts';
export { TokenSource, type TokenEnd, type TokenRequest } from './token-source.ts';
