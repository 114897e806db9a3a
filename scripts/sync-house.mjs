/**
 * Writes what follows from house.mjs into each room: its package.json (name, exports, workspace dependencies, Nx tags)
 * and its tsconfig.json (project references), and the list of references at the root.
 *
 * `node scripts/sync-house.mjs` writes; `--check` writes nothing and exits 1 when a file differs.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOMS, packageName } from '../house.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
const stale = [];

for (const [name, room] of Object.entries(ROOMS)) {
  write(join(room.path, 'package.json'), manifest(name, room));
  if (name !== 'console-app') write(join(room.path, 'tsconfig.json'), projectReferences(room));
  const entry = join(root, room.path, 'src/index.ts');
  if (!check && name !== 'console-app' && !existsSync(dirname(entry))) {
    mkdirSync(dirname(entry), { recursive: true });
    writeFileSync(entry, `/** ${room.says} */\nexport {};\n`);
  }
}
write('tsconfig.json', {
  files: [],
  references: Object.entries(ROOMS)
    .filter(([name]) => name !== 'console-app')
    .map(([, room]) => ({ path: room.path })),
});

writeText('docs/ARCHITECTURE.md', (text) =>
  text.replace(/(<!-- house -->\n)[^]*(<!-- \/house -->)/, `$1${picture()}$2`),
);

if (stale.length > 0) {
  console.error(`These files do not follow house.mjs; run node scripts/sync-house.mjs:\n  ${stale.join('\n  ')}`);
  process.exit(1);
}

function manifest(name, room) {
  const path = join(root, room.path, 'package.json');
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const outside = Object.entries(before.dependencies ?? {}).filter(([each]) => !each.startsWith('@postern/'));
  const own = room.imports.map((each) => [packageName(each), '*']);
  const entry = { '@postern/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' };
  return {
    name: packageName(name),
    version: '0.1.0',
    private: true,
    description: room.says,
    license: 'Apache-2.0',
    type: 'module',
    ...(room.floor === 'apps' ? {} : { exports: before.exports ?? { '.': entry } }),
    ...(before.bin ? { bin: before.bin } : {}),
    ...(before.scripts ? { scripts: before.scripts } : {}),
    dependencies: Object.fromEntries([...own, ...outside].sort(([a], [b]) => a.localeCompare(b))),
    ...(before.devDependencies ? { devDependencies: before.devDependencies } : {}),
    ...(before.optionalDependencies ? { optionalDependencies: before.optionalDependencies } : {}),
    nx: { ...before.nx, tags: [`room:${name}`, `floor:${room.floor}`] },
  };
}

function projectReferences(room) {
  const browser = room.outside?.includes('react') ? { lib: ['es2024', 'dom', 'dom.iterable'], jsx: 'react-jsx' } : {};
  return {
    extends: relative(room.path, 'tsconfig.base.json'),
    compilerOptions: { ...browser, rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/tsconfig.tsbuildinfo' },
    include: room.outside?.includes('react') ? ['src/**/*.ts', 'src/**/*.tsx'] : ['src/**/*.ts'],
    exclude: ['src/**/*.test.ts', 'src/**/testing/**'],
    references: room.imports.map((each) => ({ path: relative(room.path, ROOMS[each].path) })),
  };
}

/** The house as a table and a diagram of its floors, for people. */
function picture() {
  const floors = [...new Set(Object.values(ROOMS).map((room) => room.floor))];
  const rows = Object.entries(ROOMS).map(([name, room]) => {
    const imports = room.imports.length === 0 ? 'nothing' : room.imports.map((each) => `\`${each}\``).join(', ');
    return `| \`${name}\` | ${room.path} | ${room.says} | ${imports} |`;
  });
  const edges = new Set();
  for (const room of Object.values(ROOMS)) {
    for (const each of room.imports)
      if (ROOMS[each].floor !== room.floor) edges.add(`    ${room.floor} --> ${ROOMS[each].floor}`);
  }
  return [
    '',
    '```mermaid',
    'flowchart TD',
    ...floors.map(
      (floor) =>
        `    ${floor}["${floor}: ${Object.keys(ROOMS)
          .filter((name) => ROOMS[name].floor === floor)
          .join(', ')}"]`,
    ),
    ...[...edges].sort(),
    '```',
    '',
    '| room | where | what it is | what it may import |',
    '|---|---|---|---|',
    ...rows,
    '',
    '',
  ].join('\n');
}

function writeText(path, change) {
  const full = join(root, path);
  const before = readFileSync(full, 'utf8');
  const after = change(before);
  if (after === before) return;
  if (check) return void stale.push(path);
  writeFileSync(full, after);
}

function write(path, value) {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  const full = join(root, path);
  if (existsSync(full) && readFileSync(full, 'utf8') === text) return;
  if (check) return void stale.push(path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
