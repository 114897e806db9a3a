import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// The CLI would fetch a native schema engine from a host that not everyone reaches; ours comes with npm.
// To use the native one, set this variable to it. See docs/adr/0006-prisma-engine-without-its-download.md.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= fileURLToPath(
  new URL('./prisma/engine/schema-engine.mjs', import.meta.url),
);

// The CLI would tell its maker about every run; a gateway tells nobody.
process.env['CHECKPOINT_DISABLE'] ??= '1';

const url = process.env['DATABASE_URL'];

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  // Generating the client needs no database.
  ...(url ? { datasource: { url } } : {}),
});
