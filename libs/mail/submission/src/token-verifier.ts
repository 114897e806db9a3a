/** Judges bearer tokens of the OpenID provider that this gateway is configured for. */
export interface TokenVerifier {
  /** Never rejects. */
  verify(token: string): Promise<TokenVerdict>;
}

export type TokenVerdict =
  /** `claim`: what the configured claim says, by which a credential is found. */
  | { readonly kind: 'valid'; readonly claim: string }
  | { readonly kind: 'invalid'; readonly because: string }
  /** Nobody could look: the provider does not answer, and its keys are not known. */
  | { readonly kind: 'unavailable'; readonly because: string };
