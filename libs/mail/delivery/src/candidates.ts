import { type AddressRecord, type Answer, hostAddresses } from '@postern/dns';
import { addressLiteralOf, parseAddressLiteral } from '@postern/smtp';
import type { DeliveryContext } from './context.ts';
import type { NextHop } from './next-hop.ts';
import { localReply, type NoSession } from './no-session.ts';

/** One address of a next hop. */
export interface Candidate {
  readonly host: string;
  readonly address: string;
  /** The answer that the address is from. */
  readonly addresses: Answer<AddressRecord>;
}

/**
 * The addresses to try; `failure` says what is wrong with those that are missing, and the more hopeful word wins. A
 * smarthost without one is for the operator to mend, not a verdict on the recipients.
 */
export async function findCandidates(
  hop: NextHop,
  context: DeliveryContext,
): Promise<{ candidates: readonly Candidate[]; failure: NoSession | undefined }> {
  const candidates: Candidate[] = [];
  let failure: NoSession | undefined;
  const missing = (host: string, reply: NoSession['reply']) => {
    if (failure === undefined || failure.reply.code >= 500) failure = { stage: 'resolve', host, reply, stepsMs: {} };
  };
  for (const host of hop.hosts) {
    if (candidates.length >= context.settings.maxAddresses) break;
    const answer = await hostAddresses(addressLiteralOf(host) ?? host, context.resolver, context.random);
    switch (answer.kind) {
      case 'failed':
        missing(host, localReply(451, '4.4.3', `The addresses of ${host} could not be looked up (${answer.reason})`));
        continue;
      case 'nxdomain':
      case 'nodata':
        missing(
          host,
          hop.addresses === 'any'
            ? localReply(451, '4.4.4', `The smarthost ${host} has no address`)
            : localReply(550, '5.4.4', `The mail host ${host} has no address`),
        );
        continue;
      case 'found':
    }
    for (const { address } of answer.records) {
      const refused = hop.addresses === 'public' ? context.refuseAddress(address) : undefined;
      if (refused === undefined)
        candidates.push({ host: parseAddressLiteral(host) ? address : host, address, addresses: answer });
      else
        missing(
          host,
          localReply(
            550,
            '5.4.4',
            `The mail host ${host} has the address ${address}, which is ${refused}: mail is not delivered there`,
          ),
        );
    }
  }
  return { candidates: candidates.slice(0, context.settings.maxAddresses), failure };
}
