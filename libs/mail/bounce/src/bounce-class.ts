/**
 * The classes of replies that are not 2yz, of connection faults and of returned DSNs.
 *
 * `fault` says whose it is: the recipient's address, ours (the sender, the message, our addresses and settings), or their
 * infrastructure's. `suppression` says what a permanent failure of this class proves about the address: `sure` that it is
 * gone, `likely` (several of them do), or nothing. Only a class whose fault is the recipient's can prove anything.
 */
export const BOUNCE_CLASSES = Object.freeze({
  recipient_unknown: is(
    'recipient',
    'sure',
    'there is no such mailbox',
    'Check the address for typing errors; if it is right, ask the recipient for the address that they use now.',
  ),
  recipient_disabled: is(
    'recipient',
    'likely',
    'the mailbox is there, but is closed or disabled',
    'Reach the recipient another way and ask whether they still use this address.',
  ),
  recipient_rejected: is(
    'recipient',
    'never',
    'the recipient or their filter does not want this message',
    'Ask the recipient, another way, to let your mail in.',
  ),
  mailbox_full: is(
    'recipient',
    'never',
    'the mailbox is full',
    'Try again in a few days, or tell the recipient another way.',
  ),
  domain_unknown: is(
    'recipient',
    'likely',
    'the domain does not exist, or takes no mail anywhere',
    'Check what stands behind the @ for typing errors.',
  ),
  domain_refuses_mail: is(
    'recipient',
    'likely',
    'the domain says that it takes no mail',
    'This domain has no mailboxes; look for another address.',
  ),
  sender_rejected: is(
    'ours',
    'never',
    'the sender address was refused',
    'Check the sender address of the message; if it is right, give this report to your mail administrators.',
  ),
  sender_dns: is(
    'ours',
    'never',
    'the DNS records of our mail server were found wanting',
    'Nothing for you to do: give this report to your mail administrators.',
  ),
  reputation_block: is(
    'ours',
    'never',
    'our mail server or domain is blocked there',
    'Nothing is wrong with the address: give this report to your mail administrators, who can ask for the block to be lifted.',
  ),
  spam_content: is(
    'ours',
    'never',
    'the message was taken for spam',
    'Change the words, links or attachments of the message, or reach the recipient another way.',
  ),
  content: is(
    'ours',
    'never',
    'the content or form of the message was refused',
    'Look at the attachments and the form of the message.',
  ),
  too_big: is(
    'ours',
    'never',
    'the message is too big for them',
    'Send a smaller message: share large files by a link.',
  ),
  virus: is('ours', 'never', 'the message was taken for malware', 'Check your attachments and your machine.'),
  policy: is(
    'ours',
    'never',
    'a rule of the receiving system forbids this message',
    'Ask the recipient, another way, what their mail system demands.',
  ),
  auth_failure: is(
    'ours',
    'never',
    'the sender domain could not be proved (SPF, DKIM or DMARC)',
    'Nothing for you to do: give this report to your mail administrators.',
  ),
  rate_limited: is('ours', 'never', 'they take only so much mail from us at a time', 'Send it again later.'),
  greylisted: is('theirs', 'never', 'they ask unknown senders to come back later', 'Nothing for you to do.'),
  tls: is(
    'theirs',
    'never',
    'no connection with the encryption that is demanded could be made',
    'Give this report to your mail administrators.',
  ),
  relay_denied: is(
    'theirs',
    'never',
    'their mail server says that this address is not its own',
    "Check what stands behind the @; if it is right, the recipient's administrators must mend their mail server.",
  ),
  protocol: is(
    'theirs',
    'never',
    'their mail server and ours did not understand each other',
    'Give this report to your mail administrators.',
  ),
  remote_system: is(
    'theirs',
    'never',
    'their mail system has a fault',
    'Send it again later, or tell the recipient another way.',
  ),
  network: is(
    'theirs',
    'never',
    'their mail server could not be reached',
    'Send it again later, or tell the recipient another way.',
  ),
  expired: is(
    'theirs',
    'never',
    'it could not be delivered in the time that we try',
    'Send it again, or tell the recipient another way.',
  ),
});

export type BounceClass = keyof typeof BOUNCE_CLASSES;

/** Whose fault a failure is: the recipient's address, ours, or their infrastructure's. */
export type FaultParty = 'recipient' | 'ours' | 'theirs';

export interface ClassFacts {
  readonly fault: FaultParty;
  readonly suppression: 'sure' | 'likely' | 'never';
  /** What happened, as the end of the sentence "It was not delivered: …". */
  readonly means: string;
  /** What the sender can do. */
  readonly advice: string;
}

/** What a class means. */
export function factsOf(bounceClass: BounceClass): ClassFacts {
  return BOUNCE_CLASSES[bounceClass];
}

export function isBounceClass(text: string): text is BounceClass {
  return Object.hasOwn(BOUNCE_CLASSES, text);
}

/** The names of all classes. */
export const BOUNCE_CLASS_NAMES: readonly BounceClass[] = Object.keys(BOUNCE_CLASSES).filter(isBounceClass);

function is(fault: FaultParty, suppression: ClassFacts['suppression'], means: string, advice: string): ClassFacts {
  return Object.freeze({ fault, suppression, means, advice });
}
