import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** What somebody between two hosts does to their conversation. */
export type Tampering =
  /** Overwrites STARTTLS in what the host offers, as some firewalls do. */
  | 'strips STARTTLS'
  /** Answers STARTTLS itself, with a refusal. */
  | 'refuses STARTTLS'
  /** Changes an octet of the host's part of the TLS handshake. */
  | 'spoils the handshake'
  /** Puts a reply of its own behind the host's answer to STARTTLS. */
  | 'injects a reply';

export interface MiddleMan extends AsyncDisposable {
  readonly connections: number;
  /** All that clients said through it, in clear or not. */
  readonly heard: string;
}

/** Somebody who sits at an address of a mail host and passes everything on to the real one, tampering with it. */
export async function middleMan(options: {
  readonly address: string;
  readonly port: number;
  readonly to: { readonly address: string; readonly port: number };
  readonly tampering: Tampering;
}): Promise<MiddleMan> {
  const { address, port, to, tampering } = options;
  const open = new Set<Socket>();
  let connections = 0;
  let heard = '';
  const server = createServer((client) => {
    connections += 1;
    const host = connect({ host: to.address, port: to.port });
    for (const socket of [client, host]) {
      open.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('close', () => host.destroy());
    host.on('close', () => client.end());
    let saidStartTls = false;
    let spoilt = false;
    client.on('data', (octets) => {
      const said = octets.toString('latin1');
      heard += said;
      saidStartTls ||= /^STARTTLS\r\n/im.test(said);
      if (saidStartTls && tampering === 'refuses STARTTLS') client.end('454 4.7.0 TLS is not available now\r\n');
      else host.write(octets);
    });
    host.on('data', (octets) => {
      if (!saidStartTls) return void client.write(tampering === 'strips STARTTLS' ? withoutStartTls(octets) : octets);
      const isReply = octets.toString('latin1').startsWith('220 ');
      if (isReply && tampering === 'injects a reply')
        return void client.write(Buffer.concat([octets, Buffer.from('250-mx\r\n250 AUTH PLAIN\r\n')]));
      if (!isReply && tampering === 'spoils the handshake' && !spoilt) {
        spoilt = true;
        const changed = Buffer.from(octets);
        // Within the server's random: the signature over the handshake no longer fits.
        changed.writeUInt8(changed.readUInt8(20) ^ 0xff, 20);
        return void client.write(changed);
      }
      client.write(octets);
    });
  });
  server.listen({ host: address, port });
  await once(server, 'listening');
  return {
    get connections() {
      return connections;
    },
    get heard() {
      return heard;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function withoutStartTls(octets: Buffer): Buffer {
  return Buffer.from(octets.toString('latin1').replace('STARTTLS', 'XXXXXXXA'), 'latin1');
}
