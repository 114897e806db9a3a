/** loopback DNS, a certificate authority, scripted mail hosts */
export {};
