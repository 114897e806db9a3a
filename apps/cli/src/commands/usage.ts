import { verbs, type SubmitterUsage } from '@postern/administration';
import { Command } from 'commander';
import type { Io } from '../io.ts';
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
    ['This hour', `${hour.messages} messages, ${hour.recipients} recipients, ${hour.newDomains} new domains`],
    [
      'Learned',
      `of ${learned.hours} hours: at most ${learned.mostRecipients} recipients and ${learned.mostNewDomains} new domains in one`,
    ],
    ['Bounced', `${latest.bounced} of the latest ${latest.ended} that ended`],
    ['Waiting', `${waiting} recipients`],
    ...networks.map(({ network, lastAt }) => ['Used from', `${network}, ${localTime(lastAt)}`] as const),
  ] as const;
}
