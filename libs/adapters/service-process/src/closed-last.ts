/** Closes what everything else stands on, the store, when everything else has ended: the framework of the apps calls it then. */
export function closedLast(held: { close(): Promise<void> }): { onApplicationShutdown(): Promise<void> } {
  return { onApplicationShutdown: () => held.close() };
}
