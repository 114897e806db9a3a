/** An end that Prisma has a number for; the CLI shows `code` and `message` as they are. */
export class KnownError extends Error {
  name = 'KnownError';

  /**
   * @param {string} code such as `P1001`
   * @param {string} message
   * @param {{ cause?: unknown, meta?: object }} [more]
   */
  constructor(code, message, { cause, meta = {} } = {}) {
    super(message, { cause });
    this.code = code;
    this.meta = meta;
  }
}
