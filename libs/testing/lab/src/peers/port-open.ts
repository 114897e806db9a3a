import { connect } from 'node:net';
import { type Child } from '../child.ts';
import { waitFor } from '../wait-for.ts';

/** Waits until a peer takes connections; it fails with the peer's own words when the peer ends instead. */
export async function portOpen(child: Child, at: { readonly address: string; readonly port: number }): Promise<void> {
  let opened = false;
  const done = waitFor(
    async () => {
      if (!child.running()) return true;
      opened = await takesConnections(at.address, at.port);
      return opened;
    },
    { what: `port ${at.port} at ${at.address} to open`, timeoutMs: 15_000 },
  );
  await done;
  if (!opened) throw new Error(`A peer ended instead of listening at ${at.address}:${at.port}:\n${child.output()}`);
}

/** Whether someone listens there now. */
export function takesConnections(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const settle = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
