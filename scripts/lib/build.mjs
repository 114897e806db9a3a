import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusive.mjs';
import { childEnvironment, node, root } from './paths.mjs';
import { step } from './progress.mjs';
import { run } from './run.mjs';
import { digest, isDone, markBegun, markDone } from './stamp.mjs';

const SOURCES = [
  'apps',
  'libs',
  'prisma/schema',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'nx.json',
  'house.mjs',
];

/** Builds what is not built for the sources as they are: the database client, the rooms, the console. */
export async function build() {
  const sources = digest(SOURCES);
  if (isDone('build', sources) && existsSync(join(root, 'apps/cli/dist/main.js'))) return;
  await exclusively(async () => {
    markBegun('build');
    await buildAll();
    markDone('build', sources);
  });
}

async function buildAll() {
  const env = childEnvironment();
  const schema = digest(['prisma/schema', 'prisma.config.ts', 'package-lock.json']);
  const generated = join(root, 'libs/adapters/prisma-store/src/generated');
  if (!isDone('generate', schema) || !existsSync(generated)) {
    markBegun('generate');
    await step('generating the database client', () =>
      run(node(), ['node_modules/prisma/build/index.js', 'generate'], { env }),
    );
    markDone('generate', schema);
  }
  await step('building the services', () => run(node(), ['node_modules/typescript7/bin/tsc', '-b'], { env }));
  await step('building the console', () =>
    run(node(), ['node_modules/nx/dist/bin/nx.js', 'run', '@postern/console-app:build'], { env }),
  );
}
