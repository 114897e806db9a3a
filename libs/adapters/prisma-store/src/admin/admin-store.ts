import type { AdminChanges, AdminStore, AuditEntry } from '@postern/administration';
import type { Prisma, PrismaClient } from '../generated/client.ts';
import { accountChanges, accountReads } from './accounts.ts';
import { apiKeyChanges, apiKeyReads } from './api-keys.ts';
import { auditReads } from './audit.ts';
import { bounceChanges, bounceReads } from './bounces.ts';
import type { Db } from './client.ts';
import { credentialChanges, credentialReads } from './credentials.ts';
import { eventChanges, eventReads } from './events.ts';
import { guarded, isCollision } from './guard.ts';
import { identityChanges, identityReads } from './identities.ts';
import { invitationChanges, invitationReads } from './invitations.ts';
import { messageChanges } from './message-changes.ts';
import { messageReads } from './messages.ts';
import { networkChanges, networkReads } from './networks.ts';
import { operationChanges, operationReads } from './operations.ts';
import { passkeyChanges, passkeyReads } from './passkeys.ts';
import { policyChanges, policyReads } from './policies.ts';
import { tlsReportChanges, tlsReportReads } from './tls-reports.ts';
import { queueChanges } from './queue-changes.ts';
import { queueReads } from './queues.ts';
import { requestChanges, requestReads } from './requests.ts';
import { retryChanges, retryReads } from './retry-plans.ts';
import { routeChanges, routeReads } from './routes.ts';
import { sourceChanges, sourceReads } from './sources.ts';
import { suspensionChanges, suspensionReads } from './suspensions.ts';
import { domainChanges, domainReads } from './sending-domains.ts';
import { savedViewChanges, savedViewReads } from './saved-views.ts';
import { secretFingerprint } from './secret-fingerprint.ts';
import { submitterMail, submitterMailChanges } from './submitter-mail.ts';
import { submitterUsage } from './submitter-usage.ts';
import { volumeReads } from './volume.ts';
import { signInTries } from './sign-in-tries.ts';

const MAX_TRIES = 4;
const TIMES = { maxWait: 5_000, timeout: 30_000 } as const;

/** What the verbs of operators need of the store, by Prisma. */
export function adminStore(prisma: PrismaClient, ledger: AdminStore['ledger']): AdminStore {
  const reads = guardedAll({
    ...queueReads(prisma),
    ...suspensionReads(prisma),
    ...messageReads(prisma),
    ...operationReads(prisma),
    ...credentialReads(prisma),
    ...eventReads(prisma),
    ...identityReads(prisma),
    ...networkReads(prisma),
    ...routeReads(prisma),
    ...sourceReads(prisma),
    ...policyReads(prisma),
    ...tlsReportReads(prisma),
    ...domainReads(prisma),
    ...retryReads(prisma),
    ...accountReads(prisma),
    ...passkeyReads(prisma),
    ...apiKeyReads(prisma),
    ...auditReads(prisma),
    ...signInTries(prisma),
    ...requestReads(prisma),
    ...invitationReads(prisma),
    ...bounceReads(prisma),
    ...savedViewReads(prisma),
    ...volumeReads(prisma),
    ...submitterMail(prisma),
    ...submitterUsage(prisma),
    secretFingerprint: (given: string) => secretFingerprint(prisma, given),
  });
  return {
    ...reads,
    ledger,
    async change(work) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await guarded(() => prisma.$transaction((tx) => work(changesOf(tx)), TIMES));
        } catch (error) {
          // Undone because of another transaction: the work is done again from the start.
          if (!isCollision(error instanceof Error ? (error.cause ?? error) : error) || tries >= MAX_TRIES) throw error;
        }
      }
    },
  };
}

function changesOf(tx: Prisma.TransactionClient): AdminChanges {
  return {
    ...queueChanges(tx),
    ...suspensionChanges(tx),
    ...messageChanges(tx),
    ...operationChanges(tx),
    ...credentialChanges(tx),
    ...eventChanges(tx),
    ...identityChanges(tx),
    ...networkChanges(tx),
    ...routeChanges(tx),
    ...sourceChanges(tx),
    ...policyChanges(tx),
    ...tlsReportChanges(tx),
    ...bounceChanges(tx),
    ...domainChanges(tx),
    ...retryChanges(tx),
    ...accountChanges(tx),
    ...passkeyChanges(tx),
    ...apiKeyChanges(tx),
    ...savedViewChanges(tx),
    ...requestChanges(tx),
    ...invitationChanges(tx),
    ...submitterMailChanges(tx),
    audit: (entry) => writeAudit(tx, entry),
  };
}

async function writeAudit(db: Db, { actor, action, subjectId, subjectName, reason, facts }: AuditEntry): Promise<void> {
  await db.auditEntry.create({
    data: {
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      actorAddress: actor.address ?? null,
      action,
      subjectId,
      subjectName,
      reason: reason ?? null,
      facts: JSON.parse(JSON.stringify(facts)),
    },
    select: { id: true },
  });
}

/** The same methods, each with its faults told as the ports say. */
function guardedAll<Methods extends object>(methods: Methods): Methods {
  const entries = Object.entries(methods).map(([name, method]) => [
    name,
    (...args: unknown[]) => guarded(async () => Reflect.apply(method, undefined, args)),
  ]);
  return Object.fromEntries(entries);
}
