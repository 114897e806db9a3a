/** What may keep mail of a queue back beside its pace, as the store sees it; counts are of up to 10,000 waiting recipients. */
export interface QueueObstacles {
  /** Recipients that are due now. */
  readonly due: number;
  /** Suspensions of everything, and those that mail of this queue waits for. */
  readonly suspensions: readonly {
    readonly scope: 'all' | 'credential' | 'sender' | 'domain';
    readonly name: string;
    readonly until: string | null;
    readonly by: string;
    readonly reason: string | null;
    readonly recipients: number | null;
  }[];
  readonly restingSenders: readonly { readonly reversePath: string; readonly until: string }[];
  /** The pools that mail of this queue leaves from, as far as there are any. */
  readonly pools: readonly {
    readonly pool: string;
    readonly recipients: number;
    readonly sources: readonly SourceObstacle[];
  }[];
  /** Credentials whose new mail the abuse guard holds, of those with held mail here. */
  readonly guarded: readonly string[];
  /** Lanes that run in all queues. */
  readonly lanesEverywhere: number;
  /** When a delivery process was last there; null: never. */
  readonly deliverySeenAt: string | null;
  readonly now: string;
}

/** Why a source may not be used for a queue; nothing of it: it may. */
export interface SourceObstacle {
  readonly name: string;
  /** The addresses that none of the delivery machines has; all of them are missing. */
  readonly missing: readonly string[];
  readonly restsUntil: string | null;
  /** Of a source that warms up: what it may send here today, when it has. */
  readonly dayUsedUp: number | null;
}
