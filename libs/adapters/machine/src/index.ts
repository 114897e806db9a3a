/** What this machine has and can reach, for those who ask whether a mail would go out well. */
export { createMachine, type MachineOptions } from './create-machine.ts';
