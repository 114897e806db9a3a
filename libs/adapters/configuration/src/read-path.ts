import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expected, ok, type Reader } from './reading.ts';

/** A directory, which need not exist yet. */
export const directory: Reader<string> = (text, { directory: from }) => {
  const path = resolve(from, text);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined || found.isDirectory() ? ok(path) : expected(`a directory; ${path} is none`);
  } catch {
    // A name that is too long, or a directory above it that may not be looked into.
    return expected(`a directory; ${path} cannot be one`);
  }
};

/** A file that this process can read now. */
export const readableFile: Reader<string> = (text, { directory: from }) => {
  const path = resolve(from, text);
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile() ? ok(path) : expected(`a PEM file; ${path} is no file`);
  } catch {
    return expected(`a PEM file; ${path} cannot be read`);
  }
};

/** Files that this process can read now, comma-separated. */
export const readableFiles: Reader<readonly string[]> = (text, surroundings) => {
  const files: string[] = [];
  for (const each of text.split(',')) {
    const reading = readableFile(each.trim(), surroundings);
    if ('expected' in reading) return reading;
    files.push(reading.ok);
  }
  return ok(files);
};
