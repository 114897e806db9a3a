/** Where the embedded PostgreSQL tells what it does: an event and its facts. */
export interface Log {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
}
