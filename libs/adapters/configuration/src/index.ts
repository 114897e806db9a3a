export type { Configuration } from './configuration.ts';
export { configurationDocument } from './document.ts';
export { loadSecret } from './load-secret.ts';
export { showAddress, type SocketAddress } from './read-address.ts';
export { readConfiguration, type ConfigurationReading } from './read-configuration.ts';
export type { Surroundings } from './reading.ts';
export { tellVariables, type ToldVariable } from './tell-variables.ts';
export { SERVICES, type Service } from './variables.ts';
