/**
 * A delivery queue is one next hop: a route (an upstream smarthost), or a site (the set of mail hosts that serve a domain).
 *
 * Recipients whose domain has not been looked up yet wait in the queue `unresolved`, whose lanes do the looking up.
 */
export interface DeliveryQueue {
  readonly id: QueueId;
  readonly kind: 'unresolved' | 'site' | 'route';
  /** `unresolved`, the site's key (its mail hosts in order of preference), or the route's name. */
  readonly name: string;
}

/** The id of a delivery queue: a positive integer, and UNRESOLVED_QUEUE for the one that every installation has. */
export type QueueId = number;

export const UNRESOLVED_QUEUE: QueueId = 1;
