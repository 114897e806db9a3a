import type { Reach } from './settings.ts';

/**
 * The URL of a database of the server, over the Unix socket when there is one.
 *
 * `host` in the query is what `pg`, Prisma's adapter and libpq all read as the socket's folder; the port names the socket.
 */
export function connectionUrl(
  to: Reach & { readonly role: string; readonly password: string; readonly database: string },
): string {
  const base = `postgresql://${to.role}:${to.password}@`;
  if (to.socketDir === undefined) return `${base}127.0.0.1:${to.port}/${to.database}`;
  return `${base}localhost:${to.port}/${to.database}?host=${encodeURIComponent(to.socketDir)}`;
}

/** The folder of the Unix socket, when the socket's path there is short enough: sockaddr_un(7) ends at 107 octets. */
export function socketFolder(folder: string): string | undefined {
  return Buffer.byteLength(`${folder}/.s.PGSQL.65535`) < 100 && !folder.includes(',') ? folder : undefined;
}
