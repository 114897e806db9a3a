/** The names of the comparison; no name server outside is ever asked for them (RFC 2606 §2). */
export const DOMAIN = 'inbox.bench.example';
export const MAIL_HOST = 'mx.bench.example';
export const REVERSE_PATH = 'sender@origin.bench.example';
export const FORWARD_PATH = `recipient@${DOMAIN}`;
