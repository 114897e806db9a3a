import type { QueueId } from './delivery-queue.ts';
import type { RouteRule } from './route-rule.ts';

/** The rules of a route with several domain patterns and senders; an empty list stands for all. */
export function routeRules(route: {
  readonly queueId: QueueId;
  readonly domains: readonly string[];
  readonly senderRules: readonly string[];
  readonly tags?: readonly string[];
}): readonly RouteRule[] {
  const domains = route.domains.length === 0 ? ['*'] : route.domains;
  const senders = route.senderRules.length === 0 ? [undefined] : route.senderRules;
  return domains.flatMap((domainPattern) =>
    senders.map((senderPattern) => ({ queueId: route.queueId, domainPattern, senderPattern, tags: route.tags })),
  );
}
