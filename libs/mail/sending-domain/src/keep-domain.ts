import type { DkimAlgorithm } from '@postern/dkim';
import type { Clock } from '@postern/queue';
import { sightOf } from './check/check-dkim.ts';
import { checkDomain, type CheckWorld, type DomainCheck } from './check/check-domain.ts';
import type { SentMail } from './dmarc/alignment.ts';
import type { AddedSource } from './sources.ts';
import type { KnownSendingDomain, NewDkimKey } from './domain-rotation-store.ts';
import { makeKey } from './make-key.ts';
import { replacedBy, rotationSteps, type RotationStep, type Sight } from './rotation.ts';
import { freeSelector } from './selector-name.ts';
import type { DkimKey } from './sending-domain.ts';

/** What keeping domains needs of the store. A key moves only from the state that it was thought to be in. */
export interface DomainKeepingStore {
  /** Domains that wait for something: a key to be seen, a check that is older than this. */
  domainsToKeep(checkedBefore: Date): Promise<readonly KnownSendingDomain[]>;
  sentAs(domain: Pick<KnownSendingDomain, 'name' | 'subDomains'>): Promise<readonly SentMail[]>;
  /** Sources that operators have added. */
  addedSources(): Promise<readonly AddedSource[]>;
  noteSeen(key: DkimKey, seenAt: Date | undefined): Promise<void>;
  /** Makes a pending key sign, and those that it replaces stop, in one transaction. False: it was not pending any more. */
  activate(key: DkimKey, replaced: readonly DkimKey[]): Promise<boolean>;
  /** False: it was not retired any more. */
  revoke(key: DkimKey): Promise<boolean>;
  /** Adds a key, in place of a revoked one of its selector. False: its selector is in use. */
  addKey(domainId: string, key: NewDkimKey): Promise<boolean>;
  /** Keeps a check, and tells operators when what fails has changed. */
  keepCheck(domain: KnownSendingDomain, check: DomainCheck & { readonly checkedAt: Date }): Promise<void>;
}

export interface KeepingContext extends CheckWorld {
  readonly store: DomainKeepingStore;
  readonly clock: Clock;
  readonly sealKey: Buffer;
  readonly log: { info(facts: object, event: string): void; warn(facts: object, event: string): void };
}

/** How old a check may become before it is made again. */
const CHECK_EVERY_MS = 60 * 60_000;

/** Checks that go on at a time: each waits for servers of others. */
const CHECKS_AT_ONCE = 4;

/**
 * Takes the steps of rotations that are due, then checks what was not checked for an hour: a domain whose servers are slow
 * keeps no other's keys waiting. Any number of processes may do so.
 */
export async function keepDomains(context: KeepingContext): Promise<void> {
  const checkedBefore = new Date(context.clock.now().getTime() - CHECK_EVERY_MS);
  const domains = await context.store.domainsToKeep(checkedBefore);
  for (const domain of domains) await kept(domain, context, rotate);
  const due = domains.filter(({ checkedAt }) => checkedAt === undefined || checkedAt < checkedBefore);
  if (due.length === 0) return;
  const world = { ...context, sources: { ...context.sources, added: await context.store.addedSources() } };
  const lane = async (): Promise<void> => {
    for (let domain = due.shift(); domain; domain = due.shift()) await kept(domain, world, check);
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, lane));
}

/** One domain's fault is not another's. */
async function kept(
  domain: KnownSendingDomain,
  context: KeepingContext,
  work: (domain: KnownSendingDomain, context: KeepingContext) => Promise<void>,
): Promise<void> {
  try {
    await work(domain, context);
  } catch (cause) {
    context.log.warn({ err: cause, domain: domain.name }, 'sending domain not looked after');
  }
}

async function rotate(domain: KnownSendingDomain, context: KeepingContext): Promise<void> {
  const sights = new Map<string, Sight>();
  for (const key of domain.keys)
    if (key.state === 'pending') sights.set(key.id, await sightOf(key, domain, context.resolver));
  const sight = (key: DkimKey): Sight => sights.get(key.id) ?? 'unknown';
  for (const step of rotationSteps(domain, { now: context.clock.now(), sight })) await take(step, domain, context);
}

async function take(step: RotationStep, domain: KnownSendingDomain, context: KeepingContext): Promise<void> {
  const { store, log } = context;
  if (step.kind === 'due') return begin(step.algorithm, domain, context);
  const facts = { domain: domain.name, selector: step.key.selector };
  if (step.kind === 'noted') {
    await store.noteSeen(step.key, step.seen ? context.clock.now() : undefined);
    log.info(facts, step.seen ? 'the world sees a new key' : 'a new key is not seen any more');
  } else if (step.to === 'active') {
    const replaced = replacedBy(step.key, domain.keys);
    if (await store.activate(step.key, replaced))
      log.info({ ...facts, retired: replaced.map(({ selector }) => selector) }, 'a new key signs');
  } else if (await store.revoke(step.key)) log.info(facts, 'a retired key is revoked');
}

async function begin(algorithm: DkimAlgorithm, domain: KnownSendingDomain, context: KeepingContext): Promise<void> {
  const selector = freeSelector(domain, algorithm, context.clock.now());
  if (selector === undefined) return;
  const key = await makeKey({ algorithm, selector, state: 'pending', sealKey: context.sealKey });
  if (await context.store.addKey(domain.id, key))
    context.log.info({ domain: domain.name, selector }, 'a rotation begins: a new key is to be published');
}

async function check(domain: KnownSendingDomain, context: KeepingContext): Promise<void> {
  const found = await checkDomain(domain, context, await context.store.sentAs(domain));
  await context.store.keepCheck(domain, { ...found, checkedAt: context.clock.now() });
}
