import { Resolver } from 'node:dns/promises';
import { freePort } from '../free-port.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { waitFor } from '../wait-for.ts';
import { type SignedZone, startKnot } from './knot.ts';
import { startUnbound } from './unbound.ts';

export interface SignedInternetOptions {
  readonly zones: Readonly<Record<string, SignedZone>>;
  /** Where the resolver listens. */
  readonly address?: string;
  readonly port?: number;
}

/**
 * A DNS with DNSSEC on loopback: Knot signs a root and zones below it, Unbound validates from the root's key down. Signed zones
 * are answered with the AD bit, denials too; unsigned ones without; bogus ones with SERVFAIL; other names do not exist, authentically.
 */
export interface SignedInternet extends AsyncDisposable {
  /** The validating resolver. */
  readonly address: string;
  readonly port: number;
  /** Gives a zone other records; what was cached of it is forgotten. */
  update(zone: string, records: string): Promise<void>;
  close(): Promise<void>;
}

export async function signedInternet(options: SignedInternetOptions): Promise<SignedInternet> {
  const { zones, address = '127.0.0.1' } = options;
  const directory = await temporaryDirectory('dnssec');
  const stops: (() => Promise<void>)[] = [directory.remove];
  const close = async (): Promise<void> => {
    while (stops.length > 0) await stops.pop()?.();
  };
  try {
    const authoritativePort = await freePort();
    const knot = await startKnot({ directory: directory.path, port: authoritativePort, zones });
    stops.push(knot.stop);
    const port = options.port ?? (await freePort(address));
    const names = Object.keys(zones);
    const { anchor } = knot;
    const unbound = await startUnbound({
      directory: directory.path,
      address,
      port,
      authoritativePort,
      zones: names,
      anchor,
    });
    stops.push(unbound.stop);
    await rootIsValid(address, port);
    return {
      address,
      port,
      async update(zone, records) {
        await knot.update(zone, records);
        await unbound.flush(zone);
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A resolver that cannot validate the root answers SERVFAIL, so an answer shows that the chain of trust holds. */
async function rootIsValid(address: string, port: number): Promise<void> {
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`]);
  await waitFor(async () => (await resolver.resolveSoa('.')).nsname !== '', { what: 'the signed root to validate' });
}
