import type { Readable } from 'node:stream';

/** Addresses to suppress, as they come in a file. */
export interface GivenSuppression {
  readonly address: string;
  readonly scope?: string;
  readonly until?: string | null;
  readonly reason?: string;
}

/** Reads one address a line, or the CSV that export writes. Empty lines and a header are left out. */
export async function readSuppressionFile(input: Readable): Promise<GivenSuppression[]> {
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text
    .split(/\r?\n/)
    .map(fieldsOf)
    .filter(([address = '']) => address !== '' && address.toLowerCase() !== 'address')
    .map(([address = '', scope, until, reason]) => ({
      address,
      ...(scope ? { scope } : {}),
      ...(until ? { until } : {}),
      ...(reason ? { reason: reason.slice(0, 500) } : {}),
    }));
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim(),
  );
}
