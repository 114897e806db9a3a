import { destination, pino, type DestinationStream } from 'pino';
import { redact, redactText } from './redact.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Logs an event and its facts: `log.info({ messageId, host }, 'attempt deferred')`. */
export interface Logger {
  debug(facts: Facts, event: string): void;
  info(facts: Facts, event: string): void;
  warn(facts: Facts, event: string): void;
  error(facts: Facts, event: string): void;
  /** A logger whose every line has these facts too. */
  child(facts: Facts): Logger;
}

export type Facts = object;

export interface LoggerOptions {
  /** The service that speaks: `submission`, `delivery`, `api`. */
  readonly service: string;
  readonly level: LogLevel;
  /** Where lines go; standard output when left out. */
  readonly to?: DestinationStream;
}

/** Lines go out together, a write for each costs more than the line itself; what is left at the end of a process goes out then. */
const TOGETHER_OCTETS = 8 * 1024;
const TOGETHER_MS = 100;

/** A logger of JSON lines. Every fact goes through `redact`. */
export function logger({ service, level, to }: LoggerOptions): Logger {
  const base = pino(
    {
      level,
      base: { service, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: redactFacts,
        bindings: redactFacts,
      },
      // Errors are redacted with everything else.
      serializers: { err: (value: unknown) => value, error: (value: unknown) => value },
    },
    to ?? destination({ fd: 1, sync: false, minLength: TOGETHER_OCTETS, periodicFlush: TOGETHER_MS }),
  );
  return wrap(base);
}

interface PinoLike {
  debug(facts: object, event: string): void;
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
  error(facts: object, event: string): void;
  child(facts: object): PinoLike;
}

/** Closes every way to log that does not go through `redact`: pino itself would take a text alone, and format it. */
function wrap(base: PinoLike): Logger {
  return {
    debug: (facts, event) => base.debug(facts, redactText(event)),
    info: (facts, event) => base.info(facts, redactText(event)),
    warn: (facts, event) => base.warn(facts, redactText(event)),
    error: (facts, event) => base.error(facts, redactText(event)),
    child: (facts) => wrap(base.child(redactFacts(facts))),
  };
}

function redactFacts(facts: object): Record<string, unknown> {
  return { ...Object(redact({ ...facts })) };
}
