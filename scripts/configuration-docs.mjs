/**
 * Writes docs/configuration.md from the table of variables in libs/adapters/configuration.
 *
 * `node --conditions=@postern/source scripts/configuration-docs.mjs` writes; `--check` writes nothing and exits 1 when the
 * page differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { configurationDocument } from '../libs/adapters/configuration/src/document.ts';

const page = new URL('../docs/configuration.md', import.meta.url);
if (!process.argv.includes('--check')) writeFileSync(page, configurationDocument());
else if (readFileSync(page, 'utf8') !== configurationDocument()) {
  console.error(
    'docs/configuration.md does not follow the table of variables; run\n  node --conditions=@postern/source scripts/configuration-docs.mjs',
  );
  process.exit(1);
}
