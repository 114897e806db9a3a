/**
 * The advisory locks of one key that the processes share, each with its number: two that were the same by accident would
 * wait for each other. Those of two keys are the seats of lanes (`pace/seats.ts`).
 */
export const LOCKS = Object.freeze({
  /** Held while the schema is brought up to date. */
  migration: 7_316_403,
  /** Whose turn it is to fold the changes of queues into their counts. */
  queueChanges: 7_316_404,
  /** Whose turn it is with the work that bounces left. */
  bounceWork: 7_316_405,
  /** Whose turn it is to fold outcomes into the rates. */
  outcomes: 7_316_406,
  /** Whose turn it is to judge the rates. */
  rates: 7_316_407,
  /** Held while the number of owners is decided about. */
  owners: 7_316_408,
  /** Held while the order of routes changes. */
  routeOrder: 7_316_409,
  /** Held while the store's clock is moved on. */
  clock: 7_316_410,
});
