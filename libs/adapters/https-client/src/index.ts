/** HTTPS with strangers: policies fetched, reports posted; addresses checked, redirects never followed. */
export * from './exchange.ts';
export * from './fetch-policy.ts';
export * from './trusted-authorities.ts';
export * from './post-report.ts';
