/**
 * `npm test`: installs what the tests need, builds, and runs all of them.
 *
 * `npm test -- PATTERN …` runs only the files whose path contains a pattern. The last line counts: `N passed, N failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { childEnvironment, node } from './lib/paths.mjs';
import { installPeers } from './lib/peers.mjs';
import { endWithChildren, run } from './lib/run.mjs';

endWithChildren();
const folder = mkdtempSync(join(tmpdir(), 'postern-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

let passed = 0;
let failed = 0;
let skipped = 0;
try {
  await install();
  await installPeers();
  await build();
  await runVitest();
} catch (error) {
  console.error(`\n${error.message}`);
  failed ||= 1;
}
console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function runVitest() {
  const results = join(folder, 'results.json');
  const options = [
    'run',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ];
  let ended;
  try {
    await run(node(), ['node_modules/vitest/vitest.mjs', ...options], { env: childEnvironment(), show: true });
  } catch (error) {
    ended = error;
  }
  const summary = JSON.parse(readFileSync(results, 'utf8'));
  passed = summary.numPassedTests;
  failed = summary.numFailedTests;
  skipped = summary.numPendingTests + summary.numTodoTests;
  // A file that could not be loaded, or a fault outside any test, counts as a failure too.
  if (ended && failed === 0) failed = Math.max(1, summary.numFailedTestSuites);
}
