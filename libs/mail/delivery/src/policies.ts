import { type MailAbout, NO_LOCAL_DEMAND } from '@postern/destination-policy';
import type { LocalDemand, StsFinding } from '@postern/tls-policy';

/** What lanes ask about policies. None of it waits for a policy host, but `find`. */
export interface ChannelPolicies {
  /** The MTA-STS finding of a domain; undefined when its policy host must be asked first. */
  sts(domain: string): Promise<StsFinding | undefined>;
  /** The same, asking the policy host; undefined when that cannot be now. */
  find(domain: string): Promise<StsFinding | undefined>;
  /** A host did not prove what the domain's MTA-STS policy demands: it may have changed (RFC 8461 §5.1). */
  notMet(domain: string): void;
  /** What our operators demand, as of a moment ago. */
  local(about: MailAbout): Promise<LocalDemand>;
}

/** Nobody publishes or demands anything. */
export const NO_POLICIES: ChannelPolicies = {
  sts: () => Promise.resolve(NO_STS),
  find: () => Promise.resolve(NO_STS),
  notMet: () => undefined,
  local: () => Promise.resolve(NO_LOCAL_DEMAND),
};

const NO_STS: StsFinding = { kind: 'none', because: 'nobody looked' };
