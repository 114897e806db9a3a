/**
 * Writes docs/openapi.json from the routes in libs/admin/admin-contract.
 *
 * `node scripts/openapi.mjs` writes; `--check` writes nothing and exits 1 when the document differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openApiDocument } from '../libs/admin/admin-contract/src/index.ts';

const file = new URL('../docs/openapi.json', import.meta.url);
const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/openapi.json does not follow the routes; run node scripts/openapi.mjs');
  process.exit(1);
}
