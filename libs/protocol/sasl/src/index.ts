/** the mechanisms of AUTH (RFC 4954), both sides */
export {};
