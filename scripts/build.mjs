/** `npm run build`: builds what is not built yet. */
import { build } from './lib/build.mjs';
import { endWithChildren } from './lib/run.mjs';

endWithChildren();
try {
  await build();
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exit(1);
}
