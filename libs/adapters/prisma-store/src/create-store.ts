import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import type { AdminStore } from '@postern/administration';
import type { PaceStore, SourceStore } from '@postern/pace';
import type { CredentialStore, GuardStore, GuessStore, SubmitterStore } from '@postern/credentials';
import type { DomainKeepingStore, SigningStore } from '@postern/sending-domain';
import type { AcceptStore, DeliveryStore, QueueId, SuppressionStore } from '@postern/queue';
import type { Pool } from 'pg';
import { accept } from './accept/accept.ts';
import { discard, discardAbandoned } from './accept/discard.ts';
import { knownSites } from './accept/known-sites.ts';
import { stage } from './accept/stage.ts';
import type { BounceStore, ReturnedStore, TlsReportInbox } from '@postern/reports';
import { returnedStore } from './bounces/keep-returned.ts';
import { suppressionReads } from './bounces/suppression-reads.ts';
import { bounceStore } from './bounces/bounce-store.ts';
import { adminStore } from './admin/admin-store.ts';
import { credentialStore } from './credentials/credential-store.ts';
import { openJointPool, openPool, type PoolSettings } from './connection/open-pool.ts';
import { run, type Statement } from './connection/run.ts';
import { foldChanges } from './counts/fold-changes.ts';
import { type Ledger, ledger, recount } from './counts/ledger.ts';
import { claim } from './delivery/claim.ts';
import { ClaimFloors } from './delivery/claim-floors.ts';
import { dueQueues } from './delivery/due-queues.ts';
import { lateMail, lookAgain } from './delivery/late-mail.ts';
import { OverdueMail } from './delivery/overdue-mail.ts';
import { Epoch, type EpochMemory } from './delivery/epoch.ts';
import { handBack } from './delivery/hand-back.ts';
import { prolong } from './delivery/lease.ts';
import { recoverLostLeases } from './delivery/recover-lost-leases.ts';
import { queueById, rememberSite } from './delivery/queues.ts';
import { paceStore } from './pace/pace-store.ts';
import { type PaceSurvey, paceSurvey } from './pace/pace-totals.ts';
import { Seats } from './pace/seats.ts';
import { sourceStore } from './sources/source-store.ts';
import { StoreClock } from './delivery/store-clock.ts';
import { retryStore, type RetryStore } from './routes/retry-store.ts';
import { readContent } from './delivery/read-content.ts';
import { record } from './delivery/record.ts';
import { parkSuspended, type ParkingPlace } from './delivery/suspended.ts';
import { PrismaClient } from './generated/client.ts';
import { routeStore, type RouteStore } from './routes/route-store.ts';
import { tlsStore, type TlsStore } from './tls/policy-store.ts';
import { domainKeepingStore } from './sending-domains/keeping-store.ts';
import { reportInbox } from './tls/report-inbox.ts';
import { reportStore } from './tls/report-store.ts';
import type { ReportStore } from '@postern/tls-reporting';
import { signingStore } from './sending-domains/signing-store.ts';
import { guardStore } from './submitters/guard-store.ts';
import { guessStore } from './submitters/guess-store.ts';
import { submitterStore } from './submitters/submitter-store.ts';
import { ChannelListener } from './work/channel-listener.ts';
import { SUBMITTER_CHANNEL } from './work/submitter-channel.ts';
import { WorkListener, type WorkHandler } from './work/listener.ts';
import { notifyWork } from './work/notify-work.ts';

export interface StoreSettings extends PoolSettings {
  /** Where a delivery process remembers how far the database had come. */
  readonly epochMemory?: EpochMemory;
}

/** How the connections of a pool are used. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** The truth, as a process reaches it. */
export interface Store {
  readonly accept: AcceptStore;
  readonly delivery: DeliveryStore;
  readonly pace: PaceStore;
  readonly sources: SourceStore;
  /** What delivery does now, in all processes together. */
  paceSurvey(): Promise<PaceSurvey>;
  readonly credentials: CredentialStore;
  /** What is counted of credentials and listed networks. */
  readonly submitters: SubmitterStore;
  readonly guesses: GuessStore;
  readonly guard: GuardStore;
  readonly admin: AdminStore;
  readonly routes: RouteStore;
  readonly tls: TlsStore;
  readonly tlsReports: ReportStore & TlsReportInbox;
  readonly signing: SigningStore;
  readonly bounces: BounceStore;
  readonly returned: ReturnedStore;
  readonly retries: RetryStore;
  readonly domains: DomainKeepingStore;
  readonly suppressions: SuppressionStore;
  /**
   * The ledger by looking at every recipient, against what was counted when they were accepted: the proof, at the cost of
   * reading the whole table.
   */
  recount(): Promise<Ledger>;
  /** The connections of what operators ask, also for libraries that keep tables of their own beside ours. */
  readonly pool: Pool;
  /**
   * Runs work in one transaction: what it asks of `pool` and of `admin` is kept when it resolves, and undone when it rejects.
   */
  together<T>(work: () => Promise<T>): Promise<T>;
  /** How the connections are used at this moment: those of the hot path, and the others. */
  poolUse(): Readonly<Record<'hot' | 'free', PoolUse>>;
  /** Tells every process that listens that something has become due in these queues; resolves when it is told. */
  notifyWork(queueIds: Iterable<QueueId>): Promise<void>;
  /** Hears what `notifyWork` tells, from any process; the answer ends that. */
  onWork(handler: WorkHandler): () => void;
  /**
   * Hears that a credential or a listed network was changed, by its id; undefined: any of them may have been. The answer
   * ends that.
   */
  onSubmitterChange(handler: (id: string | undefined) => void): () => void;
  /** The time by the database's clock; rejects with StoreUnavailable when it does not answer. */
  now(): Promise<Date>;
  /** Resolves when the database answers; rejects with StoreUnavailable when it does not. */
  ping(): Promise<void>;
  /** Waits for what is under way, and closes every connection. */
  close(): Promise<void>;
}

/** Opens the store. Nothing is asked of the database before it is needed, so it may be away. */
export function createStore(settings: StoreSettings): Store {
  const hot = openPool(settings, 'fixed');
  const pool = openJointPool(settings);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const seats = new Seats(settings.databaseUrl, settings.log);
  const listener = new WorkListener(settings.databaseUrl, settings.log);
  const submitterListener = new ChannelListener({
    databaseUrl: settings.databaseUrl,
    log: settings.log,
    channel: SUBMITTER_CHANNEL,
    name: 'postern submitters',
    unheard: 'changes of credentials are not heard, they count within a second all the same',
  });
  const admin = adminStore(prisma, () => ledger(pool));
  return {
    accept: acceptStore(hot),
    delivery: deliveryStore(hot, settings),
    pace: paceStore(hot, seats),
    paceSurvey: () => paceSurvey(pool),
    sources: sourceStore(hot),
    retries: retryStore(hot),
    credentials: credentialStore(hot),
    submitters: submitterStore(hot),
    guesses: guessStore(hot),
    admin,
    guard: guardStore(hot),
    routes: routeStore(hot),
    tls: tlsStore(hot),
    tlsReports: { ...reportStore(hot), ...reportInbox(hot) },
    signing: signingStore(hot),
    domains: domainKeepingStore(admin),
    bounces: bounceStore(hot),
    returned: returnedStore(hot),
    suppressions: suppressionReads(hot),
    recount: () => recount(pool),
    pool,
    together: (work) => pool.together(work),
    poolUse: () => ({ hot: useOf(hot), free: useOf(pool) }),
    notifyWork: (queueIds) => notifyWork(hot, queueIds),
    onWork: (handler) => listener.add(handler),
    onSubmitterChange: (handler) => submitterListener.add(handler),
    now: async () => theOne(await run<readonly [Date]>(hot, NOW, [])),
    ping: async () => void (await run(hot, PING, [])),
    close: async () => {
      await Promise.all([listener.close(), submitterListener.close(), seats.close(), prisma.$disconnect()]);
      await Promise.all([hot.end(), pool.end()]);
    },
  };
}

function useOf({ totalCount, idleCount, waitingCount }: Pool): PoolUse {
  return { open: totalCount, idle: idleCount, waiting: waitingCount };
}

const NOW: Statement = { name: 'now', text: 'select now()' };

function theOne<T>(rows: readonly (readonly [T])[]): T {
  const [row] = rows;
  if (!row) throw new Error('the database answered no row');
  return row[0];
}

const PING: Statement = { name: 'ping', text: 'select 1' };

function acceptStore(pool: Pool): AcceptStore {
  return {
    accept: (messages) => accept(pool, messages),
    stage: (id, chunk, octets) => stage(pool, id, chunk, octets),
    discard: (id) => discard(pool, id),
    discardAbandoned: (olderThanMs) => discardAbandoned(pool, olderThanMs),
    knownSites: (domains) => knownSites(pool, domains),
  };
}

function deliveryStore(pool: Pool, { log, epochMemory }: StoreSettings): DeliveryStore {
  const floors = new ClaimFloors();
  const clock = new StoreClock(pool, log);
  const overdue = new OverdueMail(pool, clock);
  const holder = randomUUID();
  const epoch = new Epoch(pool, { log, memory: epochMemory });
  const parking: ParkingPlace = { queueId: 0, dueAt: '-infinity' };
  return {
    claim: (request) => claim(pool, { floors, clock, holder, epoch }, request),
    prolong: (leaseToken, leaseMs) => prolong(pool, leaseToken, leaseMs),
    record: (outcomes) => record(pool, outcomes),
    handBack: (leaseToken, recipientIds) =>
      handBack(
        pool,
        leaseToken,
        recipientIds.map((recipientId) => ({ recipientId, queueId: undefined })),
      ),
    postpone: (leaseToken, recipientIds, dueAt) =>
      handBack(
        pool,
        leaseToken,
        recipientIds.map((recipientId) => ({ recipientId, queueId: undefined })),
        dueAt,
      ),
    reassign: (leaseToken, moves) => handBack(pool, leaseToken, moves),
    readContent: (id) => readContent(pool, id),
    dueQueues: (among) => dueQueues(pool, among),
    lateMail: () => lateMail(pool),
    noteOverdue: (giveUpAfterMs) => overdue.note(giveUpAfterMs),
    lookAgain: (messages) => lookAgain(pool, messages),
    recoverLostLeases: async () => {
      // Whoever sweeps sees to this as well; leases are looked at only by a clock that is known to be right.
      await epoch.beat();
      await clock.mind();
      await foldChanges(pool);
      await parkSuspended(pool, parking);
      return recoverLostLeases(pool, log);
    },
    queue: (id) => queueById(pool, id),
    rememberSite: (site) => rememberSite(pool, site),
  };
}
