/** What stands in the way of the embedded PostgreSQL. */
export type EmbeddedPostgresFaultKind =
  | 'in-use'
  | 'not-writable'
  | 'disk-full'
  | 'other-version'
  | 'no-binaries'
  | 'no-account'
  | 'refused-to-start'
  | 'stopped-while-starting';

/** The embedded PostgreSQL cannot run; the message is one plain sentence or two, with what to do about it. */
export class EmbeddedPostgresFault extends Error {
  override readonly name = 'EmbeddedPostgresFault';
  readonly kind: EmbeddedPostgresFaultKind;

  constructor(kind: EmbeddedPostgresFaultKind, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

/** The fault behind an error of the file system below `path`; errors of other kinds are returned as they are. */
export function fileFault(path: string, cause: unknown): unknown {
  switch (errorCode(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT':
      return new EmbeddedPostgresFault(
        'not-writable',
        `The data directory ${path} cannot be made or written by this user. Give it to the user that runs Postern, or set POSTERN_DATA_DIR to a folder that can be written.`,
        { cause },
      );
    case 'EINVAL':
      // chown(2) and setuid(2) in a user namespace that lacks the user.
      return new EmbeddedPostgresFault(
        'no-account',
        'PostgreSQL does not run as root, and this container knows no other user. Start Postern as an ordinary user, or set DATABASE_URL.',
        { cause },
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new EmbeddedPostgresFault(
        'not-writable',
        `The data directory ${path} cannot be made: a file stands in its way. Move the file, or set POSTERN_DATA_DIR to another folder.`,
        { cause },
      );
    default:
      return cause;
  }
}

/** The disk below `path` has no room. */
export function diskFull(path: string, cause: unknown): EmbeddedPostgresFault {
  return new EmbeddedPostgresFault(
    'disk-full',
    `The disk of the data directory ${path} is full. Free some space on it (PostgreSQL wants about 300 MB to spare), or set POSTERN_DATA_DIR to a folder on another disk.`,
    { cause },
  );
}

/** The `code` of an error of Node or of PostgreSQL, when it has one. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
