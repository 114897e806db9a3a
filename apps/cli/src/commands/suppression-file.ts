import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Addresses to suppress, as they come in a file. */
export interface GivenSuppression {
  readonly address: string;
  readonly scope?: string;
  readonly until?: string | null;
  readonly reason?: string;
}

/** As many as one request takes. */
const BATCH = 1_000;

/** Reads one address a line, or the CSV that export writes, a thousand at a time. Empty lines and a header are left out. */
export async function* readSuppressionFile(input: Readable): AsyncGenerator<GivenSuppression[]> {
  let batch: GivenSuppression[] = [];
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const given = suppressionOf(line);
    if (given) batch.push(given);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function suppressionOf(line: string): GivenSuppression | undefined {
  // A spreadsheet puts a mark of the encoding before the first field.
  const [address = '', scope, until, reason] = fieldsOf(line.replace(/^\uFEFF/, ''));
  if (address === '' || address.toLowerCase() === 'address') return undefined;
  return {
    address,
    ...(scope ? { scope } : {}),
    ...(until ? { until } : {}),
    ...(reason ? { reason: reason.slice(0, 500) } : {}),
  };
}

function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim(),
  );
}
