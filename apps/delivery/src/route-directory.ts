import type { FoundRoute, Routes } from '@postern/delivery';
import type { Logger } from '@postern/observability';
import type { StoredRoute, Store } from '@postern/prisma-store';
import { type QueueId, routeRules, type RouteRule } from '@postern/queue';
import { unseal, UPSTREAM_PASSWORD } from '@postern/sealing';

const FRESH_MS = 2_000;
/** RFC 8314 §3.3: the port of submission with TLS from the start. */
const IMPLICIT_TLS_PORT = 465;

interface Known {
  readonly routes: readonly StoredRoute[];
  readonly rules: readonly RouteRule[];
  readonly until: number;
}

/** The routes as the store has them, two seconds old at most; passwords are opened here and go no further than the dialer. */
export class RouteDirectory implements Routes {
  readonly #store: Store['routes'];
  readonly #sealKey: Buffer;
  readonly #log: Logger;
  #known: Promise<Known> | undefined;

  constructor(store: Store['routes'], options: { readonly sealKey: Buffer; readonly log: Logger }) {
    this.#store = store;
    this.#sealKey = options.sealKey;
    this.#log = options.log;
  }

  async byQueue(queueId: QueueId): Promise<FoundRoute> {
    const ofQueue = async () => (await this.#now()).routes.find((each) => each.queueId === queueId);
    const known = await ofQueue();
    if (known) return this.#open(known);
    // It may be younger than what we know.
    this.#known = undefined;
    const route = await ofQueue();
    return route ? this.#open(route) : { kind: 'gone' };
  }

  async rules(): Promise<readonly RouteRule[]> {
    return (await this.#now()).rules;
  }

  async #now(): Promise<Known> {
    const known = await this.#known?.catch(() => undefined);
    if (known && known.until > performance.now()) return known;
    this.#known = this.#store
      .list()
      .then((routes) => ({ routes, rules: routes.flatMap(routeRules), until: performance.now() + FRESH_MS }));
    return this.#known;
  }

  #open({ queueId, name, host, port, tls, username, sealedPassword }: StoredRoute): FoundRoute {
    const secret = sealedPassword && unseal(sealedPassword, { key: this.#sealKey, purpose: UPSTREAM_PASSWORD });
    if (sealedPassword && secret === undefined)
      return this.#unusable(name, 'its password cannot be opened, POSTERN_SECRET is another than when it was set');
    return {
      kind: 'route',
      route: {
        queueId,
        name,
        host,
        port,
        tls: tls === 'required' ? 'require' : tls,
        implicitTls: port === IMPLICIT_TLS_PORT,
        auth: username !== undefined && secret !== undefined ? { name: username, secret } : undefined,
      },
    };
  }

  #unusable(route: string, because: string): FoundRoute {
    this.#log.error({ route, because }, 'a route cannot be used, its mail waits');
    return { kind: 'unusable', because };
  }
}
