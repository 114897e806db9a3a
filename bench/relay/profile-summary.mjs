import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FUNCTIONS = 40;

/** Where the time of each profiled process went: the functions with the most time of their own, and the packages. */
export function tellProfiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => tellProfile(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    .filter((told) => told !== undefined)
    .join('\n');
}

/** Undefined for a process that is no service: a migration, a verb of the command line. */
function tellProfile(profile) {
  const service = entryOf(profile);
  if (service === undefined) return undefined;
  const ownUs = ownTimes(profile);
  const byFunction = new Map();
  const byPackage = new Map();
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const us = ownUs.get(id) ?? 0;
    if (us === 0 || callFrame.functionName === '(idle)') continue;
    busyUs += us;
    const place = placeOf(callFrame.url);
    add(byFunction, `${callFrame.functionName || '(anonymous)'} ${place}:${callFrame.lineNumber + 1}`, us);
    add(byPackage, packageOf(place), us);
  }
  const lines = (map, most) =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(
        ([title, us]) =>
          `    ${((us / busyUs) * 100).toFixed(1).padStart(5)} %  ${(us / 1_000).toFixed(0).padStart(6)} ms  ${title}`,
      );
  return [
    `\n${service}, busy ${(busyUs / 1_000).toFixed(0)} ms`,
    '  by package',
    ...lines(byPackage, 15),
    '  by function',
    ...lines(byFunction, FUNCTIONS),
  ].join('\n');
}

/** The time between a sample and the one before it was spent in the function that the sample found. */
function ownTimes({ samples, timeDeltas }) {
  const times = new Map();
  for (const [index, id] of samples.entries()) add(times, id, timeDeltas[index]);
  return times;
}

function add(map, key, value) {
  map.set(key, (map.get(key) ?? 0) + value);
}

function placeOf(url) {
  const path = url.replace(/^file:\/\//, '');
  const inside = path.lastIndexOf('node_modules/');
  if (inside >= 0) return path.slice(inside + 'node_modules/'.length);
  return /(?:apps|libs)\/.*$/.exec(path)?.[0] ?? path;
}

function packageOf(place) {
  const [first, second, third] = place.split('/');
  if (place === '') return '(native)';
  if (first === 'apps' || first === 'libs')
    return [first, second, first === 'libs' ? third : ''].filter(Boolean).join('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function entryOf({ nodes }) {
  const own = nodes.map(({ callFrame }) => /apps\/(\w+)\/dist\/main\.js$/.exec(callFrame.url)?.[1]).find(Boolean);
  return own === 'cli' ? undefined : own;
}
