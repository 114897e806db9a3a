import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GUARDED, OUTSIDE_BUILTINS, ROOMS, packageName } from './house.mjs';

const root = import.meta.dirname;
const names = new Set(Object.keys(ROOMS));
const sources = Object.entries(ROOMS).map(([name, room]) => ({ name, room, files: filesOf(join(root, room.path)) }));

describe('the house', () => {
  test('every folder of apps and libs is a room of the table, and every room has its folder', () => {
    const folders = [...children('apps'), ...children('libs').flatMap((floor) => children(floor))];
    expect(folders.sort()).toEqual(
      Object.values(ROOMS)
        .map((room) => room.path)
        .sort(),
    );
  });

  test('no room imports in a circle', () => {
    for (const name of names) expect(reach(name), `${name} reaches itself`).not.toContain(name);
  });

  test.each(sources.map((each) => [each.name, each]))(
    '%s imports only what its row allows',
    (name, { room, files }) => {
      const strangers = [];
      for (const file of files) {
        for (const specifier of importsOf(file)) {
          const fault = judge(name, room, specifier);
          if (fault) strangers.push(`${relative(root, file)}: ${specifier} (${fault})`);
        }
      }
      expect(strangers).toEqual([]);
    },
  );

  test.each(sources.map((each) => [each.name, each]))(
    '%s uses every room that its row names',
    (name, { room, files }) => {
      const used = new Set(files.flatMap(importsOf));
      expect(room.imports.filter((each) => !used.has(packageName(each)))).toEqual([]);
    },
  );
});

function judge(name, room, specifier) {
  if (specifier.startsWith('.')) return undefined;
  const inside = /^@postern\/([^/]+)(\/.*)?$/.exec(specifier);
  if (inside) {
    if (!room.imports.includes(inside[1])) return `house.mjs does not let ${name} import it`;
    return inside[2] && room.floor !== 'apps' ? 'rooms are entered by their door, not by a path' : undefined;
  }
  const outsidePackage = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0];
  if (GUARDED.includes(outsidePackage) && !room.outside?.includes(outsidePackage))
    return 'guarded: only rooms that list it under outside';
  if (OUTSIDE_BUILTINS.modules.includes(specifier) && !OUTSIDE_BUILTINS.floors.includes(room.floor))
    return 'reaches outside the process';
  return undefined;
}

function reach(start) {
  const seen = new Set();
  const open = [...ROOMS[start].imports];
  while (open.length > 0) {
    const next = open.pop();
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...ROOMS[next].imports);
  }
  return seen;
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [
    ...text.matchAll(
      /(?:^|[\s;}])(?:import|export)\s+(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2]);
}

function filesOf(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (['node_modules', 'dist', '.next', 'generated', 'testing'].includes(name)) return [];
    if (statSync(path).isDirectory()) return filesOf(path);
    return /\.(?:tsx?|mjs)$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : [];
  });
}

function children(folder) {
  return readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => statSync(join(root, path)).isDirectory() && !path.endsWith('node_modules'));
}
