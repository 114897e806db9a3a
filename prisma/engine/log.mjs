/**
 * Writes one log line in the form of the native engine: the CLI reads `level`, `target` and `fields.message`.
 *
 * @param {'INFO' | 'WARN' | 'ERROR'} level
 * @param {string} message
 * @param {Readonly<Record<string, unknown>>} [fields]
 */
export function log(level, message, fields = {}) {
  const line = { timestamp: new Date().toISOString(), level, fields: { message, ...fields }, target: LOGGER };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

// The CLI looks for errors under this target only.
const LOGGER = 'schema_engine::logger';

/** Sends what Node itself would print as text, such as a deprecation, through `log`: the CLI wants JSON alone. */
export function logWarningsAsLines() {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log('WARN', warning.message));
}
