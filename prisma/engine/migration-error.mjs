import { KnownError } from './known-error.mjs';

/**
 * P3018 for the migration whose script the server refused, with the line at fault; undefined when none was refused.
 *
 * @param {{ migrationDirectories: { path: string, migrationFile: { content: { value: string } } }[] }} list
 * @param {{ script: string, error: any } | undefined} failed
 */
export function migrationError(list, failed) {
  const migration = list.migrationDirectories.find(
    ({ migrationFile }) => migrationFile.content.value === failed?.script,
  );
  if (!failed || !migration) return undefined;
  const { script, error } = failed;
  const meta = {
    migration_name: migration.path,
    database_error_code: error.code ?? 'none',
    database_error: `${error.severity ?? 'ERROR'}: ${error.message}${detail(error)}${position(script, error.position)}`,
  };
  return new KnownError(
    'P3018',
    [
      'A migration failed to apply. New migrations cannot be applied before the error is recovered from. ' +
        'Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve',
      `Migration name: ${meta.migration_name}`,
      `Database error code: ${meta.database_error_code}`,
      `Database error:\n${meta.database_error}`,
    ].join('\n\n'),
    { cause: error, meta },
  );
}

function detail({ detail, hint }) {
  return `${detail ? `\nDETAIL: ${detail}` : ''}${hint ? `\nHINT: ${hint}` : ''}`;
}

const LINES_BEFORE = 5;

// PostgreSQL counts characters, from one.
function position(script, at) {
  if (!at) return '';
  const lines = script.split('\n');
  const fault = [...script].slice(0, Number(at) - 1).filter((character) => character === '\n').length;
  const from = Math.max(0, fault - LINES_BEFORE);
  const shown = lines.slice(from, fault + 1).map((line, index) => `${String(from + index + 1).padStart(3)} ${line}`);
  return `\n\nPosition:\n${shown.join('\n')}`;
}
