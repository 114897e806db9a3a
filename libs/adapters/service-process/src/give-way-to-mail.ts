import { constants, getPriority, setPriority } from 'node:os';

/**
 * Lets the services of mail have the processor first: what operators ask is answered with what they leave (setpriority(2)).
 * Where the system forbids even that, all stays as it is.
 */
export function giveWayToMail(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  try {
    if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
  } catch {
    // A filter of system calls may refuse it; nothing depends on it.
  }
}
