import { verbs, type Attempt, type Context, type MessageDetail, type Recipient } from '@postern/administration';
import { localTime, plain } from '../output/plain.ts';
import { facts, table, type Column } from '../output/table.ts';
import { replyOf } from './queue.ts';
import { channelOf } from './message-channel.ts';
import { answer, type Shown } from './runner.ts';

const RECIPIENTS: readonly Column<Recipient>[] = [
  { title: 'recipient', value: ({ forwardPath }) => forwardPath },
  { title: 'state', value: ({ state, maybeDelivered }) => (maybeDelivered ? `${state} (maybe delivered)` : state) },
  { title: 'queue', value: ({ queue }) => queue.name },
  { title: 'attempts', value: ({ attempts }) => attempts, align: 'right' },
  { title: 'due', value: ({ dueAt }) => localTime(dueAt) },
  { title: 'ended', value: ({ endedAt }) => localTime(endedAt) },
  { title: 'last reply', value: ({ lastReply }) => lastReply && replyOf(lastReply) },
  { title: 'why', value: ({ bounce }) => bounce && bounce.class },
];

const ATTEMPTS: readonly Column<Attempt>[] = [
  { title: 'at', value: ({ startedAt }) => localTime(startedAt) },
  { title: 'recipient', value: ({ forwardPath }) => forwardPath },
  { title: 'outcome', value: ({ outcome }) => outcome },
  { title: 'why', value: ({ bounce }) => bounce && `${bounce.class} (${bounce.fault})` },
  { title: 'host', value: ({ host, address }) => (host ? `${host} [${address ?? ''}]` : address) },
  { title: 'tls', value: ({ tls }) => (tls ? `${tls.protocol}${tls.verified ? ' verified' : ''}` : null) },
  { title: 'policy', value: ({ policy }) => policy },
  { title: 'ms', value: ({ durationMs }) => Math.round(durationMs), align: 'right' },
  { title: 'reply', value: ({ reply }) => replyOf(reply) },
];

/** `postern message show ID` */
export async function showMessage(context: Context, id: string): Promise<Shown> {
  const message = answer(await verbs.showMessage(context, { params: { id } }));
  const { recipientPage, attemptPage } = message;
  const text = (width: number | undefined) =>
    [
      facts(about(message)),
      waits(recipientPage.items),
      table(RECIPIENTS, recipientPage.items, width) + more(recipientPage.nextCursor, 'recipients'),
      attemptPage.items.length > 0
        ? table(ATTEMPTS, attemptPage.items, width) + more(attemptPage.nextCursor, 'attempts')
        : '',
      ...attemptPage.items.flatMap(channelOf),
    ]
      .filter((part) => part !== '')
      .join('\n');
  return { json: message, text };
}

/** Where it is told what keeps mail back that has not ended. */
function waits(recipients: readonly Recipient[]): string {
  const waiting = recipients.filter(({ endedAt }) => endedAt === null);
  const queues = [...new Set(waiting.map(({ queue }) => queue.name))];
  const more = queues.length > MOST_QUEUES ? ` (and ${queues.length - MOST_QUEUES} queues more)` : '';
  const shown = queues.slice(0, MOST_QUEUES).map((queue) => `postern queue show ${queue}`);
  return shown.length === 0 ? '' : plain(`What keeps it back: ${shown.join('; ')}${more}`) + '\n';
}

const MOST_QUEUES = 3;

function about(message: MessageDetail): readonly (readonly [string, string | number | null])[] {
  const { credential, network, tls } = message;
  return [
    ['Message', message.id],
    ['Accepted', localTime(message.acceptedAt)],
    ['By', `${message.listener}, ${credential?.name ?? network?.cidr ?? 'nobody known'}`],
    [
      'Client',
      `${message.clientName} [${message.clientAddress}]${tls ? ` ${tls.protocol} ${tls.cipher}` : ' in clear'}`,
    ],
    ['Reverse-path', message.reversePath || '<>'],
    ['From', message.headerFrom],
    ['Subject', message.subject],
    ['Message-ID', message.messageIdField],
    ...asked(message),
    ['Size', `${message.sizeOctets} octets${message.contentKept ? '' : ' (content no longer kept)'}`],
  ];
}

/** What the client asked for beyond delivery, a line each; nothing in nearly every message. */
function asked({ requests, recipientPage }: MessageDetail): readonly (readonly [string, string])[] {
  const { ret, envid, requireTls, priority, deliverBy, releaseAt } = requests ?? {};
  const dsn = [
    ret && `RET=${ret}`,
    envid && `ENVID=${envid}`,
    ...new Set(recipientPage.items.map(({ notify }) => notify && `NOTIFY=${notify}`)),
  ].filter((each) => typeof each === 'string');
  return [
    ...(dsn.length > 0 ? [['DSN', dsn.join(' ')] as const] : []),
    ...(requireTls === true ? [['TLS', 'required all the way (REQUIRETLS)'] as const] : []),
    ...(requireTls === false ? [['TLS', 'not required, TLS policies are left aside (TLS-Required: No)'] as const] : []),
    ...(priority ? [['Priority', String(priority)] as const] : []),
    ...(deliverBy ? [['Deliver by', `${localTime(deliverBy.at)}, ${ELSE[deliverBy.mode]}`] as const] : []),
    ...(releaseAt ? [['Released', `not before ${localTime(releaseAt)}`] as const] : []),
  ];
}

const ELSE = { R: 'else it is returned', N: 'else the sender is told' } as const;

function more(nextCursor: string | null, what: string): string {
  return nextCursor === null ? '' : `There are more ${what}; the API and the console show them all.\n`;
}
