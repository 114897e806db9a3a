import type { FoundRoute, Route, Routes, Upstream } from '@postern/delivery';
import { TokenSource } from '@postern/oauth-client';
import { upstreamsOf } from '@postern/outbound';
import type { Logger } from '@postern/observability';
import type { RoutePartHealth, Store, StoredRoute } from '@postern/prisma-store';
import { type QueueId, routeRules, type RouteRule } from '@postern/queue';
import type { ClientCredentials } from '@postern/sasl';
import { unseal, UPSTREAM_CERTIFICATE, UPSTREAM_PASSWORD } from '@postern/sealing';

const FRESH_MS = 2_000;

const TELL_AGAIN_MS = 60_000;
const MAX_TOLD = 10_000;

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
  readonly #tokens = new TokenSource();
  readonly #told = new Map<string, { readonly ok: boolean; readonly untilMs: number }>();
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

  async #open(stored: StoredRoute): Promise<FoundRoute> {
    const { queueId, name, kind, tls, username, sealedPassword, sealedClientCertificate } = stored;
    const secret = sealedPassword && unseal(sealedPassword, { key: this.#sealKey, purpose: UPSTREAM_PASSWORD });
    if (sealedPassword && secret === undefined)
      return this.#unusable(name, 'its password cannot be opened, POSTERN_SECRET is another than when it was set');
    const clientCertificate =
      sealedClientCertificate && unseal(sealedClientCertificate, { key: this.#sealKey, purpose: UPSTREAM_CERTIFICATE });
    if (sealedClientCertificate && clientCertificate === undefined)
      return this.#unusable(
        name,
        'its client certificate cannot be opened, POSTERN_SECRET is another than when it was set',
      );
    const auth = await this.#authOf(stored, secret);
    if (auth && 'because' in auth) return this.#unusable(name, auth.because);
    return {
      kind: 'route',
      route: {
        queueId,
        name,
        kind,
        upstreams: upstreamsOf(stored),
        tls: tls === 'required' ? 'require' : tls,
        auth: username === undefined ? undefined : auth,
        clientCertificate,
      },
    };
  }

  async #authOf(
    { queueId, username, oauth }: StoredRoute,
    secret: string | undefined,
  ): Promise<ClientCredentials | { readonly because: string } | undefined> {
    if (username === undefined || secret === undefined) return undefined;
    if (!oauth) return { name: username, secret };
    const end = await this.#tokens.token({ ...oauth, clientSecret: secret }, (heard) =>
      this.#note(
        heard.kind === 'token'
          ? { queueId, part: 'token', ok: true, text: 'an access token was got', expiresAt: heard.expiresAt }
          : { queueId, part: 'token', ok: false, text: heard.because, expiresAt: undefined },
      ),
    );
    return end.kind === 'refused'
      ? { because: `there is no access token: ${end.because}` }
      : { name: username, secret: end.token, mechanisms: ['XOAUTH2', 'OAUTHBEARER'] };
  }

  /** Tells what changed about a smarthost, for operators to see; what is as it was is told seldom. */
  noteUpstream(
    { queueId }: Route,
    { host, port }: Upstream,
    { ok, text }: { readonly ok: boolean; readonly text: string },
  ): void {
    const part = `${host}:${port}`;
    const known = this.#told.get(`${queueId} ${part}`);
    const now = performance.now();
    if (known && known.ok === ok && now < known.untilMs) return;
    if (this.#told.size > MAX_TOLD) this.#told.clear();
    this.#told.set(`${queueId} ${part}`, { ok, untilMs: now + TELL_AGAIN_MS });
    this.#note({ queueId, part, ok, text, expiresAt: undefined });
  }

  #note(health: RoutePartHealth): void {
    this.#store.noteHealth(health).catch((err: unknown) => this.#log.debug({ err }, 'health of a route not written'));
  }

  #unusable(route: string, because: string): FoundRoute {
    this.#log.error({ route, because }, 'a route cannot be used, its mail waits');
    return { kind: 'unusable', because };
  }
}
