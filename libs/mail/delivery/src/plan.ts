import { type ClaimedMessage, type ClaimedRecipient, UNRESOLVED_QUEUE } from '@postern/queue';
import { wishOf } from './channel.ts';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import type { Exit } from './leaving.ts';
import type { Lease } from './lease.ts';
import { findNextHop, type FoundNextHop, type HopAbout, type NextHop } from './next-hop.ts';
import { concludeDiscarded, concludeNoSession, type Parcel, parcels } from './send.ts';
import { workArrived } from './work-arrived.ts';

/** A parcel, and where it goes. */
export interface Planned {
  readonly parcel: Parcel;
  readonly hop: NextHop;
}

/**
 * Cuts what was claimed into parcels and says where each goes. Recipients of one message share a transaction where their
 * next hops are the same and demand the same of the channel; those without a next hop have their end here. Parcels that
 * can share a connection come one behind the other.
 */
export async function planParcels(
  queue: OutboundQueue,
  messages: readonly ClaimedMessage[],
  { lease, exitOf }: { readonly lease: Lease; readonly exitOf: (message: ClaimedMessage) => Exit },
  context: DeliveryContext,
): Promise<readonly Planned[]> {
  const hops = await nextHops(queue, messages, context);
  const planned: Planned[] = [];
  const unknown: ClaimedRecipient[] = [];
  for (const message of messages) {
    const sharing = new Map<string, { readonly hop: NextHop; readonly recipients: ClaimedRecipient[] }>();
    for (const recipient of message.recipients) {
      const found = hops.get(keyOf(about(message, recipient)));
      if (found?.kind === 'found') {
        const group = sharing.get(found.hop.channel.key);
        if (group) group.recipients.push(recipient);
        else sharing.set(found.hop.channel.key, { hop: found.hop, recipients: [recipient] });
      } else if (found?.kind === 'discarded') {
        concludeDiscarded({ message, recipients: [recipient], lease }, found.reply, context);
      } else if (found?.kind === 'none') {
        const started = { at: context.clock.now(), ms: context.clock.monotonicMs() };
        concludeNoSession({ message, recipients: [recipient], lease }, found.failure, started, context);
      } else unknown.push(recipient);
    }
    const exit = exitOf(message);
    for (const { hop, recipients } of sharing.values()) {
      const cut = parcels({ ...message, recipients }, lease);
      planned.push(...cut.map((parcel) => leavingFrom(exit, { parcel, hop })));
    }
  }
  if (unknown.length > 0) await lookUpFirst(unknown, lease, context);
  return byKey(planned);
}

/** A connection from one source is not for mail that leaves from another. */
function leavingFrom(exit: Exit, planned: Planned): Planned {
  if (exit.kind !== 'source') return planned;
  const { source } = exit;
  const { parcel, hop } = planned;
  const channel = { ...hop.channel, key: `${hop.channel.key} from ${source.name} as ${source.ehloName}` };
  return { parcel: { ...parcel, source: source.name }, hop: { ...hop, channel, source } };
}

/** Their domains' policies must be fetched: that is waited for where lookups are, and not by a connection. */
async function lookUpFirst(
  recipients: readonly ClaimedRecipient[],
  lease: Lease,
  context: DeliveryContext,
): Promise<void> {
  const moves = recipients.map(({ id }) => ({ recipientId: id, queueId: UNRESOLVED_QUEUE }));
  await context.store.reassign(lease.token, moves);
  for (const { recipientId } of moves) lease.close(recipientId);
  workArrived([UNRESOLVED_QUEUE], context);
}

async function nextHops(
  queue: OutboundQueue,
  messages: readonly ClaimedMessage[],
  context: DeliveryContext,
): Promise<ReadonlyMap<string, FoundNextHop>> {
  const asked = new Map<string, HopAbout>();
  for (const message of messages) {
    for (const recipient of message.recipients) {
      const each = about(message, recipient);
      asked.set(keyOf(each), each);
    }
  }
  const found = [...asked].map(async ([key, each]) => [key, await findNextHop(queue, each, context)] as const);
  return new Map(await Promise.all(found));
}

function about(message: ClaimedMessage & { readonly credentialId?: string | undefined }, { domain }: ClaimedRecipient) {
  return { domain, wish: wishOf(message), credentialId: message.credentialId };
}

function keyOf({ domain, wish, credentialId = '' }: HopAbout): string {
  return `${wish} ${credentialId} ${domain}`;
}

function byKey(planned: readonly Planned[]): readonly Planned[] {
  const keys = Map.groupBy(planned, ({ hop }) => hop.channel.key);
  return keys.size < 2 ? planned : [...keys.values()].flat();
}
