import type { DeliveryContext } from './context.ts';
import type { Route, Upstream } from './route.ts';

/** A smarthost that could not be used is tried last for so long. */
const DOWN_MS = 60_000;
const MAX_REMEMBERED = 1_000;

const down = new Map<string, number>();

/** The smarthosts of a route in the order to try them: by preference, by chance among equals; those that were down last. */
export function upstreamsInOrder(
  route: Route,
  { clock, random }: Pick<DeliveryContext, 'clock' | 'random'>,
): readonly Upstream[] {
  const now = clock.monotonicMs();
  const rank = (upstream: Upstream) => (isDown(route, upstream, now) ? 1 : 0);
  return route.upstreams
    .map((upstream) => ({ upstream, chance: random() }))
    .sort(
      (a, b) =>
        rank(a.upstream) - rank(b.upstream) || a.upstream.preference - b.upstream.preference || a.chance - b.chance,
    )
    .map(({ upstream }) => upstream);
}

export function upstreamDown(route: Route, upstream: Upstream, nowMs: number): void {
  if (down.size >= MAX_REMEMBERED) down.clear();
  down.set(keyOf(route, upstream), nowMs + DOWN_MS);
}

export function upstreamUp(route: Route, upstream: Upstream): void {
  down.delete(keyOf(route, upstream));
}

function isDown(route: Route, upstream: Upstream, nowMs: number): boolean {
  return (down.get(keyOf(route, upstream)) ?? 0) > nowMs;
}

function keyOf({ queueId }: Route, { host, port }: Upstream): string {
  return `${queueId} ${host}:${port}`;
}
