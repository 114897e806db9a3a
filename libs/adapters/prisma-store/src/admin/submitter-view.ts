import type { Credential, SubmitterChange } from '@postern/administration';
import { LIMIT_NAMES, readLimits, readThresholds } from '@postern/credentials';
import type { GuardMode, Prisma } from '../generated/client.ts';
import { instantOrNull } from './client.ts';

/** What credentials and listed networks have in common, as it is stored. */
export interface SubmitterRow {
  readonly note: string | null;
  readonly owner: string | null;
  readonly tag: string | null;
  readonly limits: Prisma.JsonValue;
  readonly guardMode: GuardMode;
  readonly guardThresholds: Prisma.JsonValue;
  readonly heldSince: Date | null;
  readonly releasedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly lastUsedFrom: string | null;
  readonly lastUsedTls: string | null;
  readonly route: { readonly name: string } | null;
}

export const WITH_ROUTE = { route: { select: { name: true } } } as const;

type SubmitterView = Pick<
  Credential,
  'note' | 'owner' | 'tag' | 'route' | 'limits' | 'guard' | 'lastUsedAt' | 'lastUsedFrom' | 'lastUsedTls'
>;

export function submitterView(row: SubmitterRow): SubmitterView {
  const limits = readLimits(row.limits);
  const [
    messagesPerMinute = null,
    messagesPerHour = null,
    messagesPerDay = null,
    recipientsPerMinute = null,
    recipientsPerHour = null,
    recipientsPerDay = null,
    maxMessageOctets = null,
    maxRecipients = null,
    maxSessions = null,
  ] = LIMIT_NAMES.map((name) => limits[name]);
  return {
    note: row.note,
    owner: row.owner,
    tag: row.tag,
    route: row.route?.name ?? null,
    limits: {
      messagesPerMinute,
      messagesPerHour,
      messagesPerDay,
      recipientsPerMinute,
      recipientsPerHour,
      recipientsPerDay,
      maxMessageOctets,
      maxRecipients,
      maxSessions,
    },
    guard: {
      mode: row.guardMode,
      thresholds: readThresholds(row.guardThresholds),
      heldSince: instantOrNull(row.heldSince),
      releasedAt: instantOrNull(row.releasedAt),
    },
    lastUsedAt: instantOrNull(row.lastUsedAt),
    lastUsedFrom: row.lastUsedFrom,
    lastUsedTls: row.lastUsedTls,
  };
}

/** The columns that a change sets, over what is stored now. */
export function submitterColumns(
  { note, owner, tag, routeId, limits, guardMode, guardThresholds }: SubmitterChange,
  now: { readonly limits: Prisma.JsonValue; readonly guardThresholds: Prisma.JsonValue } = NOTHING_YET,
) {
  return {
    ...(note === undefined ? {} : { note }),
    ...(owner === undefined ? {} : { owner }),
    ...(tag === undefined ? {} : { tag }),
    ...(routeId === undefined ? {} : { routeId }),
    ...(guardMode === undefined ? {} : { guardMode }),
    ...(limits === undefined ? {} : { limits: merged(now.limits, limits) }),
    ...(guardThresholds === undefined ? {} : { guardThresholds: merged(now.guardThresholds, guardThresholds) }),
  };
}

const NOTHING_YET = { limits: {}, guardThresholds: {} };

/** Numbers over numbers; null takes one away. */
function merged(
  stored: Prisma.JsonValue,
  change: Readonly<Record<string, number | null | undefined>>,
): Record<string, number> {
  const numbers = Object.entries({ ...objectOf(stored), ...change });
  return Object.fromEntries(numbers.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

function objectOf(value: Prisma.JsonValue): object {
  return typeof value === 'object' && value !== null ? value : {};
}
