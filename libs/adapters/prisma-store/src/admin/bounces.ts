import type {
  BounceChanges,
  BounceReads,
  Order,
  StoredRules,
  Suppression,
  SuppressionFilter,
  SuppressionKey,
} from '@postern/administration';
import { DEFAULT_RULE_SET, readRuleSet } from '@postern/bounce';
import { readNumbers } from '@postern/credentials';
import { DEFAULT_RATE_THRESHOLDS, HOLD_AT, RATE_THRESHOLD_NAMES } from '@postern/reports';
import type { Prisma, BounceRuleSet as RuleRow, Suppression as Row } from '../generated/client.ts';
import { bounceHistory } from './bounce-history.ts';
import { bounceRates } from './bounce-rates.ts';
import { endedBounces } from './ended-bounces.ts';
import { failedReplies, reclassify } from './failed-replies.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { newId } from './credentials.ts';
import { behind, DIRECTION } from './order.ts';
import { listReturnedReports } from './returned-reports.ts';

const USUAL = {
  dsn: 'reverse-path',
  suppressed: 'record',
  signedPaths: false,
  hold: 'off',
  thresholds: DEFAULT_RATE_THRESHOLDS,
} as const;

/** Bounces and suppressions, read. */
export function bounceReads(db: Db): BounceReads {
  return {
    async listSuppressions({ after, limit, order }, query) {
      const where = { AND: [whereOf(query), behindSuppression(order, after)] };
      const direction = DIRECTION[order];
      const orderBy = query.sort === 'created' ? [{ id: direction }] : [{ address: direction }, { scope: direction }];
      return (await db.suppression.findMany({ where, orderBy, take: limit })).map(viewOf);
    },
    countSuppressions: (filter) => db.suppression.count({ where: whereOf(filter) }),
    async bounceSettings(credentialId) {
      const row = await db.bounceSettings.findUnique({ where: { credentialId } });
      if (!row) return USUAL;
      const { dsn, suppressed, signedPaths, hold, thresholds } = row;
      return {
        dsn,
        suppressed: suppressed === 'refuse' ? 'refuse' : 'record',
        signedPaths,
        hold: HOLD_AT.find((each) => each === hold) ?? 'off',
        thresholds: { ...DEFAULT_RATE_THRESHOLDS, ...readNumbers(RATE_THRESHOLD_NAMES, thresholds) },
      };
    },
    bounceRates: (query) => bounceRates(db, query),
    bounceHistory: (query) => bounceHistory(db, query),
    listReturnedReports: (slice, filter) => listReturnedReports(db, slice, filter),
    async returnPathTries() {
      return new Map((await db.returnPathTries.findMany()).map(({ token, tries }) => [token, Number(tries)]));
    },
    async activeRules() {
      const row = await db.bounceRuleSet.findFirst({
        where: { activatedAt: { not: null } },
        orderBy: [{ activatedAt: 'desc' }, { version: 'desc' }],
      });
      return row ? rulesOf(row) : undefined;
    },
    async rulesOf(version) {
      const row = await db.bounceRuleSet.findUnique({ where: { version } });
      return row ? rulesOf(row) : undefined;
    },
    async listRules({ after, limit }) {
      const where = { version: behind('descending', after) };
      return (await db.bounceRuleSet.findMany({ where, orderBy: { version: 'desc' }, take: limit })).map(rulesOf);
    },
    failedReplies: (slice) => failedReplies(db, slice),
    endedBounces: (slice, filter) => endedBounces(db, slice, filter),
  };
}

/** Bounces and suppressions, changed. */
export function bounceChanges(db: Db): BounceChanges {
  return {
    async addSuppressions(given) {
      const data = given.map((each) => ({
        ...each,
        id: newId(),
        class: each.source === 'complaint' ? 'complaint' : 'manual',
      }));
      return (await db.suppression.createManyAndReturn({ data, skipDuplicates: true })).map(viewOf);
    },
    async removeSuppression(id) {
      const [row] = await db.$queryRaw<
        { readonly id: string }[]
      >`select id from suppressions where id = ${id}::uuid for update`;
      return row && viewOf(await db.suppression.delete({ where: { id } }));
    },
    removeSuppressions: async (filter) => (await db.suppression.deleteMany({ where: whereOf(filter) })).count,
    async setBounceSettings(credentialId, { thresholds, ...others }) {
      // Only what differs is kept: a default of ours may change.
      const own = RATE_THRESHOLD_NAMES.filter((name) => thresholds[name] !== DEFAULT_RATE_THRESHOLDS[name]);
      const settings = { ...others, thresholds: Object.fromEntries(own.map((name) => [name, thresholds[name]])) };
      await db.bounceSettings.upsert({
        where: { credentialId },
        create: { credentialId, ...settings },
        update: settings,
      });
    },
    async activateRules(rules, createdBy) {
      await db.$executeRaw`lock table bounce_rule_sets in exclusive mode`;
      const last = await db.bounceRuleSet.aggregate({ _max: { version: true } });
      const version = Math.max(last._max.version ?? 0, DEFAULT_RULE_SET.version) + 1;
      const json = JSON.parse(JSON.stringify(rules));
      return rulesOf(
        await db.bounceRuleSet.create({ data: { version, rules: json, createdBy, activatedAt: new Date() } }),
      );
    },
    reclassify: (changes) => reclassify(db, changes),
  };
}

/** By address: the first address is said apart, for the index to be entered there. */
function behindSuppression(order: Order, after: SuppressionKey | undefined): Prisma.SuppressionWhereInput {
  if (after?.sort !== 'address') return { id: behind(order, after?.id) };
  const { address, scope } = after;
  return {
    address: order === 'ascending' ? { gte: address } : { lte: address },
    OR: [{ address: behind(order, address) }, { address, scope: behind(order, scope) }],
  };
}

function whereOf({ contains, class: bounceClass, source }: SuppressionFilter): Prisma.SuppressionWhereInput {
  return {
    ...(contains === undefined ? {} : { address: { contains: contains.toLowerCase() } }),
    ...(bounceClass === undefined ? {} : { class: bounceClass }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Rules are read again as when they came in: a database may hold those of another version of ours. */
export function rulesOf({ version, rules, createdAt, createdBy }: RuleRow): StoredRules {
  const reading = readRuleSet({ version, rules });
  return { version, rules: 'ok' in reading ? reading.ok.rules : [], createdAt, createdBy };
}

function viewOf(row: Row): Suppression {
  const { id, address, scope, evidence, messageId, createdBy } = row;
  return {
    id,
    address,
    scope,
    class: row.class,
    source: sourceOf(row.source),
    evidence,
    messageId,
    createdAt: instant(row.createdAt),
    until: instantOrNull(row.until),
    createdBy,
  };
}

const SOURCES = ['reply', 'returned', 'complaint', 'import'] as const;

function sourceOf(text: string): Suppression['source'] {
  return SOURCES.find((each) => each === text) ?? 'manual';
}
