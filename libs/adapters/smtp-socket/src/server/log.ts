/** Where a listener writes what happens: an event and its facts. */
export interface ServerLog {
  debug(facts: Readonly<Record<string, unknown>>, event: string): void;
  info(facts: Readonly<Record<string, unknown>>, event: string): void;
  warn(facts: Readonly<Record<string, unknown>>, event: string): void;
  error(facts: Readonly<Record<string, unknown>>, event: string): void;
}
