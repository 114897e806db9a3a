/** the TLS certificate of our own listeners: read, re-read when it changes, generated when none is given */
export {};
