import {
  type GuardMode,
  parseSenderRule,
  readLimits,
  readThresholds,
  type SenderRule,
  type SubmitterSettings,
} from '@postern/credentials';

/** How many of the networks that a submitter was used from are known to the listeners. */
const USUAL_NETWORKS = 100;

/** What credentials and listed networks have in common, as one column of JSON; `t` is their table, `r` their route. */
export const SETTINGS = `
  json_build_object('limits', t.limits, 'tag', t.tag, 'routeQueueId', r.queue_id, 'mode', t.guard_mode,
    'thresholds', t.guard_thresholds, 'heldSince', t.held_since, 'releasedAt', t.released_at,
    'usualNetworks', (select coalesce(json_agg(n.network), '[]'::json) from (
      select network from submitter_networks
      where submitter_id = t.id and first_at < now() - interval '1 day' order by last_at desc limit ${USUAL_NETWORKS}) n))`;

/** What `SETTINGS` answers. */
export interface SettingsColumn {
  readonly limits: unknown;
  readonly tag: string | null;
  readonly routeQueueId: number | null;
  readonly mode: GuardMode;
  readonly thresholds: unknown;
  readonly heldSince: string | null;
  readonly releasedAt: string | null;
  readonly usualNetworks: readonly string[];
}

export function settingsOf(
  id: string,
  senderRules: readonly string[],
  { limits, tag, routeQueueId, mode, thresholds, heldSince, releasedAt, usualNetworks }: SettingsColumn,
): SubmitterSettings {
  return {
    id,
    senderRules: senderRulesOf(senderRules),
    limits: readLimits(limits),
    tag: tag ?? undefined,
    routeQueueId: routeQueueId ?? undefined,
    guard: {
      mode,
      thresholds: readThresholds(thresholds),
      heldSince: heldSince === null ? undefined : new Date(heldSince),
      releasedAt: releasedAt === null ? undefined : new Date(releasedAt),
      usualNetworks,
    },
  };
}

/** Rules are stored in the form that was parsed; one that is none any more allows nothing. */
function senderRulesOf(texts: readonly string[]): readonly SenderRule[] {
  return texts.map(parseSenderRule).filter((rule) => rule !== undefined);
}
