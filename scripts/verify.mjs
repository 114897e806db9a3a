/** `npm run verify`: format, lint, types, unit tests, house; seconds, and no services. */
import { childEnvironment, node } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';
import { endWithChildren, run } from './lib/run.mjs';

endWithChildren();
const env = childEnvironment();
const tool =
  (path, ...args) =>
  () =>
    run(node(), [`node_modules/${path}`, ...args], { env });
const CHECKS = [
  ['format', tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '--cache', '.')],
  ['lint', tool('oxlint/bin/oxlint', '--quiet')],
  [
    'boundaries',
    tool('eslint/bin/eslint.js', '--cache', '--cache-location', 'node_modules/.cache/eslint/', 'apps', 'libs'),
  ],
  ['types', tool('typescript7/bin/tsc', '-b')],
  ['types of tests', tool('typescript7/bin/tsc', '-p', 'tsconfig.tests.json')],
  ['computed files follow house.mjs', () => run(node(), ['scripts/sync-house.mjs', '--check'], { env })],
  ['unit tests and house', tool('vitest/vitest.mjs', 'run', '--project', 'unit', '--reporter', 'dot')],
];

let failures = 0;
for (const [title, check] of CHECKS) {
  try {
    await step(title, check);
  } catch (error) {
    failures += 1;
    console.error(`    ${error.message}`);
  }
}
if (failures > 0) {
  console.error(`\n${failures} of ${CHECKS.length} checks failed`);
  process.exit(1);
}
