/** What passwords of upstream smarthosts are sealed for. */
export const UPSTREAM_PASSWORD = 'upstream password';

/** What the private keys of sending domains are sealed for. */
export const DKIM_PRIVATE_KEY = 'DKIM private key';
