import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * The command line that the Prisma CLI gives its schema engine:
 * `[--datamodels FILE]… [--datasource JSON] [cli can-connect-to-database|create-database|drop-database]`.
 *
 * `datamodels` are pairs of path and content, undefined when no file is named: the engine takes no empty list.
 *
 * @param {readonly string[]} argv
 */
export function readArguments(argv) {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      datamodels: { type: 'string', short: 'd', multiple: true },
      datasource: { type: 'string' },
      'enabled-preview-features': { type: 'string' },
      'extension-types': { type: 'string' },
    },
  });
  const [door, command] = positionals;
  if (door !== undefined && door !== 'cli') throw new Error(`unknown sub-command of the schema engine: ${door}`);
  return {
    datamodels: values.datamodels?.map((path) => [path, readFileSync(path, 'utf8')]),
    datasource: values.datasource === undefined ? {} : JSON.parse(values.datasource),
    command,
  };
}
