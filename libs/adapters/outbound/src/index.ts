/** What mail reaches the outside through: DNS, policies, mail hosts, made from the configuration. */
export * from './dnssec-probe.ts';
export * from './explainer.ts';
export * from './reach.ts';
export * from './rehearser.ts';
export * from './upstreams-of.ts';
export * from './sources-of.ts';
