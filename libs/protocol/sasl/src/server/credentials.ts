/** What a client showed to prove who it is, for someone who knows to judge. Never logged. */
export type Credentials = PasswordCredentials;

/** A name and a secret, as PLAIN and LOGIN carry them. */
export interface PasswordCredentials {
  readonly mechanism: 'PLAIN' | 'LOGIN';
  readonly name: string;
  readonly secret: string;
}
