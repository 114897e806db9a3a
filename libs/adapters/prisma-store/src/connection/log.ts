/** Where the store tells what happens to it; pino's logger fits. */
export interface StoreLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
}
