import type { RouteHost } from '@postern/admin-contract';

/** Further smarthosts as somebody writes them, one a line: `host`, `host:port`, `host:port preference`. */
export function readHosts(lines: readonly string[]): RouteHost[] {
  return lines.map((line, at) => {
    const [address = '', preference] = line.split(/\s+/);
    const port = /:(\d{1,5})$/.exec(address)?.[1];
    return {
      host: port ? address.slice(0, -port.length - 1) : address,
      port: port ? Number(port) : 587,
      preference: preference ? Number(preference) : at + 1,
    };
  });
}

/** The same, written. */
export function writeHosts(hosts: readonly RouteHost[]): string {
  return hosts.map(({ host, port, preference }) => `${host}:${port} ${preference}`).join('\n');
}
