/** What passwords of upstream smarthosts are sealed for. */
export const UPSTREAM_PASSWORD = 'upstream password';

/** What the client certificates of routes are sealed for, with their keys. */
export const UPSTREAM_CERTIFICATE = 'upstream client certificate';

/** What the private keys of sending domains are sealed for. */
export const DKIM_PRIVATE_KEY = 'DKIM private key';
