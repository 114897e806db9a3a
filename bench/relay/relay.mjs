import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endings } from '../endings.mjs';
import { describeEnvironment, environmentFacts } from './environment.mjs';
import { waitForIdle } from './idle.mjs';
import { measure } from './measure.mjs';
import { readOptions, WrongUsage } from './options.mjs';
import { givePrecedence } from './precedence.mjs';
import { startPostern } from './postern.mjs';
import { startPostfix } from './postfix.mjs';
import { oneLine, summary } from './report.mjs';
import { startSink } from './sink.mjs';

const STARTERS = Object.freeze({ postfix: startPostfix, postern: startPostern });

/** `npm run bench -- relay`: measures the relays in turn and prints how they compare. Answers the exit code. */
export async function main(parameters) {
  const options = read(parameters);
  if (!options) return parameters.includes('--help') ? 0 : 2;
  const folder = mkdtempSync(join(resolve(options.folder ?? tmpdir()), 'postern-bench-'));
  // The relays drop to users of their own, who must be able to come here.
  chmodSync(folder, 0o755);
  if (!options.keep) endings.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const facts = environmentFacts(folder);
  console.log(describeEnvironment(facts, options));
  const measurements = [];
  for (let run = 1; run <= options.runs; run += 1) {
    for (const peer of options.peers) {
      const runFolder = join(folder, `${peer}-${run}`);
      mkdirSync(runFolder, { mode: 0o755 });
      for (const each of await runPeer({ peer, folder: runFolder, options, facts })) {
        measurements.push({ peer, run, ...each });
      }
    }
  }
  console.log(summary(measurements, options));
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ facts, options, measurements }, null, 2)}\n`);
  if (options.keep) console.log(`\nKept: ${folder}`);
  return 0;
}

/** Starts a relay with a sink of its own, measures each mode, and ends both. */
async function runPeer({ peer, folder, options, facts }) {
  const sink = await startSink();
  const relay = await STARTERS[peer]({
    ...options,
    folder,
    sink,
    profile: options.profile && resolve(options.profile),
  });
  facts[relay.name] = relay.version;
  const load = { relay, sink, sessions: options.sessions, sizeOctets: options.sizeOctets };
  const measurements = [];
  for (const mode of options.modes) {
    const reuse = mode === 'reused';
    if (options.warmUp > 0) await measure({ ...load, messages: options.warmUp, reuse });
    await relay.beforeMeasurement?.();
    await waitForIdle(options.idleWaitMs);
    // By now the relay has the processes that it will have.
    if (options.nice !== 0) givePrecedence([process.pid], options.nice);
    const measured = await measure({ ...load, messages: options.messages, reuse });
    measurements.push({ mode, ...measured });
    console.log(oneLine(peer, mode, measured));
    await relay.afterMeasurement?.(mode);
  }
  await relay.stop();
  await sink.stop();
  return measurements;
}

function read(parameters) {
  try {
    return readOptions(parameters);
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    console.error(`${error.message}\nnpm run bench -- relay --help tells the options.`);
    return undefined;
  }
}
