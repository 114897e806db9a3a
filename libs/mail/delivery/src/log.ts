/** Where delivery tells what happens: an event and its facts. pino's logger fits. */
export interface DeliveryLog {
  debug(facts: object, event: string): void;
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
  error(facts: object, event: string): void;
}
