import { totalmem } from 'node:os';

/**
 * `full`: a commit survives a power loss. `backed up`: the same, and base backups may be taken while it runs. `none`: for
 * throw-away servers of tests, several times faster.
 */
export type Durability = 'full' | 'backed up' | 'none';

/** How the server is reached. */
export interface Reach {
  readonly port: number;
  /** Undefined when the path of the socket would be too long. */
  readonly socketDir: string | undefined;
}

/** The server's settings, as `-c` arguments: they stand above whatever the cluster's own files say. */
export function serverArguments(reach: Reach, durability: Durability): string[] {
  const settings = { ...fixed(reach), ...LASTING[durability] };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const FULL = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '100' };

const LASTING: Readonly<Record<Durability, Readonly<Record<string, string>>>> = {
  full: FULL,
  'backed up': { ...FULL, wal_level: 'replica' },
  none: {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '250',
    autovacuum_naptime: '5min',
  },
};

function fixed({ port, socketDir }: Reach): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketDir ?? '',
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    ssl: 'off',
    // Nothing replicates from this server, so the log need not carry what only a replica reads.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    archive_mode: 'off',
    // The binaries know pglz alone, which costs more CPU than the octets are worth.
    wal_compression: 'off',
    max_wal_size: '2GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '10min',
    shared_buffers: totalmem() >= 8 * 1024 ** 3 ? '256MB' : '128MB',
    jit: 'off',
    // Statements and key values carry addresses and content: they stay out of the log.
    logging_collector: 'off',
    log_destination: 'stderr',
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    log_timezone: 'UTC',
  };
}
