import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { machineCpuMs } from './cpu.mjs';

const SAMPLE_MS = 500;
const IDLE = 0.1;

/** Waits until the machine has little else to do, but no longer than `atMostMs`; says so when it never had. */
export async function waitForIdle(atMostMs) {
  const until = performance.now() + atMostMs;
  const processors = cpus().length;
  let busy = 0;
  while (performance.now() < until) {
    const before = machineCpuMs();
    const from = performance.now();
    await pause(SAMPLE_MS);
    busy = (machineCpuMs() - before) / (performance.now() - from) / processors;
    if (busy < IDLE) return;
  }
  if (atMostMs > 0)
    console.log(`  ! something else keeps the machine ${Math.round(busy * 100)} % busy: the next figures suffer`);
}
