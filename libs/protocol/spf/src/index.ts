/** Whether an address may send for a domain (RFC 7208), with every step that it took. */
export {
  checkHost,
  RFC_LIMITS,
  type SpfLimits,
  type SpfOutcome,
  type SpfQuestion,
  type SpfResult,
  type SpfStep,
} from './check-host.ts';
export { expandMacros, type MacroValues } from './macro.ts';
export { parseSpfRecord, type SpfMechanism, type SpfRecord, type SpfReading } from './record.ts';
