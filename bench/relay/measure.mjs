import { endedChildrenCpuMs, machineCpuMs, peakMemoryMiB, spentBetween, total, treeCpuMs } from './cpu.mjs';
import { startLoad } from './load.mjs';

/** Outcomes may still be written down after the last arrival: that is the relay's work too. */
const AFTERMATH_MS = 1_000;
const STALLED_MS = 30_000;

/**
 * One measurement: so many messages through a relay that runs, from the first connection to the last arrival at the sink.
 *
 * Rejects when a message was not acknowledged, did not arrive, arrived twice, or when the relay still holds one.
 */
export async function measure({ relay, sink, messages, sessions, sizeOctets, reuse }) {
  const { complete } = await sink.expect(messages);
  const before = readCpu(relay, sink);
  const startNs = process.hrtime.bigint();
  const load = startLoad({ port: relay.port, messages, sessions, sizeOctets, reuse });
  const arrived = complete.then((last) => ({ atNs: BigInt(last.atNs), cpu: readCpu(relay, sink, load) }));
  const [{ endedNs }, { atNs, cpu }] = await Promise.all([load.ended, unlessStalled(arrived, sink, messages)]);
  await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
  const aftermath = readCpu(relay, sink, load);
  await relay.settled(messages);
  const counts = await sink.counts();
  if (counts.messages !== messages || counts.duplicates > 0)
    throw new Error(
      `${messages} messages acknowledged, ${counts.messages} arrived, ${counts.duplicates} arrived again`,
    );

  const perMessage = (ms) => ms / messages;
  const machineMs = cpu.machineMs - before.machineMs;
  const loadMs = cpu.loadMs - before.loadMs;
  const sinkMs = total(spentBetween(before.sink, cpu.sink));
  const relayMs = total(spentBetween(before.relay, cpu.relay));
  const relayParts = spentBetween(before.relay, aftermath.relay);
  return {
    acceptedPerSecond: messages / seconds(startNs, endedNs),
    deliveredPerSecond: messages / seconds(startNs, atNs),
    machineCpuMs: perMessage(machineMs),
    relayCpuMs: perMessage(total(relayParts)),
    relayParts: Object.fromEntries([...relayParts].map(([name, ms]) => [name, perMessage(ms)])),
    loadCpuMs: perMessage(loadMs),
    sinkCpuMs: perMessage(sinkMs),
    // Kernel threads that write to the disk, and whatever else runs on this machine.
    otherCpuMs: perMessage(machineMs - relayMs - loadMs - sinkMs),
    peakMiB: Object.fromEntries(peakMemoryMiB(relay.rootPids(), relay.component)),
    sinkConnections: counts.connections,
  };
}

function readCpu(relay, sink, load) {
  return {
    machineMs: machineCpuMs(),
    relay: treeCpuMs(relay.rootPids(), relay.component),
    sink: treeCpuMs([sink.pid]),
    loadMs: endedChildrenCpuMs() + (load ? total(treeCpuMs([load.pid])) : 0),
  };
}

/** Rejects when nothing has arrived for a while and messages are missing. */
async function unlessStalled(arrived, sink, messages) {
  let last = 0;
  let sinceMs = performance.now();
  for (;;) {
    const tick = new Promise((resolve) => setTimeout(resolve, 1_000).unref());
    const end = await Promise.race([arrived, tick]);
    if (end) return end;
    const counts = await sink.counts();
    if (counts.messages !== last) [last, sinceMs] = [counts.messages, performance.now()];
    if (performance.now() - sinceMs > STALLED_MS)
      throw new Error(`${last} of ${messages} messages have arrived, and none since ${STALLED_MS / 1_000} s`);
  }
}

function seconds(fromNs, untilNs) {
  return Number(untilNs - fromNs) / 1e9;
}
