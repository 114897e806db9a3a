import { freePort } from '@postern/lab';
import { type Scenario, scenario, type ScenarioOptions } from './scenario.ts';
import type { Submitter } from './submit.ts';

/** A gateway with two submission processes on one database; each takes mail on a port of its own. */
export interface TwoSubmissions extends AsyncDisposable {
  readonly world: Scenario;
  /** The submission ports of the two. */
  readonly ports: readonly [number, number];
  /** The same, of the relay listeners. */
  readonly relays: readonly [number, number];
  /** A credential as a client of the one or the other process. */
  at(which: 0 | 1, credential: { readonly user: string; readonly password: string }): Submitter;
}

export async function twoSubmissions(options: ScenarioOptions = {}): Promise<TwoSubmissions> {
  const world = await scenario({ services: ['submission'], ...options });
  const [second, secondRelay] = await Promise.all([freePort(), freePort()]);
  await world.gateway.run('submission', 'submission-2', {
    POSTERN_LISTEN_SUBMISSION: `127.0.0.1:${second}`,
    POSTERN_LISTEN_SUBMISSIONS: 'off',
    POSTERN_LISTEN_RELAY: `127.0.0.1:${secondRelay}`,
  });
  const ports = [world.gateway.ports.submission, second] as const;
  return {
    world,
    ports,
    relays: [world.gateway.ports.relay, secondRelay],
    at: (which, credential) => ({ ...credential, gateway: { ports: { submission: ports[which] } } }),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
