import { verbs, type SubmitterUsage } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/plain.ts';
import { facts } from '../output/table.ts';
import { answer, onDatabase } from './runner.ts';

/** `postern credential usage`, `postern network usage` */
export function usageCommand(io: Io, noun: 'credential' | 'network'): Command {
  const command = new Command('usage')
    .description('what it uses of its limits now, and what the abuse guard has learned of it')
    .argument(noun === 'credential' ? '<name>' : '<cidr>');
  return onDatabase(command, io, async (context, text: string) => {
    const usage =
      noun === 'credential'
        ? answer(await verbs.showCredentialUsage(context, { params: { credential: text } }))
        : answer(await verbs.showNetworkUsage(context, { params: { network: text } }));
    return { json: usage, text: facts(linesOf(usage)) };
  });
}

function linesOf({ used, hour, learned, latest, waiting, networks }: SubmitterUsage) {
  const rate = (of: readonly (number | null)[]) =>
    ['minute', 'hour', 'day'].flatMap((span, at) => ((of[at] ?? null) === null ? [] : [`${of[at]}/${span}`])).join(' ');
  return [
    ['Messages', rate([used.messagesPerMinute, used.messagesPerHour, used.messagesPerDay]) || 'not limited'],
    ['Recipients', rate([used.recipientsPerMinute, used.recipientsPerHour, used.recipientsPerDay]) || 'not limited'],
    ['Sessions', used.maxSessions ?? 'not limited'],
    [
      'This hour',
      `${counted(hour.messages, 'message')}, ${counted(hour.recipients, 'recipient')}, ${counted(hour.newDomains, 'new domain')}`,
    ],
    [
      'Learned',
      `of ${counted(learned.hours, 'hour')}: at most ${counted(learned.mostRecipients, 'recipient')} and ${counted(learned.mostNewDomains, 'new domain')} in one`,
    ],
    ['Bounced', `${latest.bounced} of the latest ${latest.ended} that ended`],
    ['Waiting', counted(waiting, 'recipient')],
    ...networks.map(({ network, lastAt }) => ['Used from', `${network}, ${localTime(lastAt)}`] as const),
  ] as const;
}
