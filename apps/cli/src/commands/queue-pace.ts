import {
  verbs,
  type Context,
  type PaceCause,
  type QueueDetail,
  type QueueLimits,
  type QueuePace,
} from '@postern/administration';
import type { Command } from 'commander';
import { CommandFailed, EXIT } from '../exit.ts';
import { localTime } from '../output/plain.ts';
import { answer, REASON, type Shown } from './runner.ts';
import { whole } from './whole.ts';

/** The pace of a queue in lines, each with the reply that made it so. */
export function paceFacts({ lanes, rate, rest, provider, changes }: QueuePace): [string, string | null | undefined][] {
  return [
    ['Provider', provider ?? undefined],
    [
      'Lanes',
      `${lanes.now} may run, ${lanes.running} do (${lanes.least} to ${lanes.most})${lanes.growsAt ? `; one more from ${localTime(lanes.growsAt)}` : ''}${because(lanes.cause)}`,
    ],
    [
      'Rate',
      rate.perMinute === null
        ? 'as fast as they go'
        : `${round(rate.perMinute)} a minute${rate.liftedAt ? `, lifted at ${localTime(rate.liftedAt)}` : ''}${because(rate.cause)}`,
    ],
    ['Rest', rest ? `until ${localTime(rest.until)}${because(rest.cause)}` : undefined],
    ...changes
      .slice(0, 5)
      .map((each, index): [string, string] => [
        index === 0 ? 'Last changes' : '',
        `${localTime(each.at)} ${told(each)}`,
      ]),
  ];
}

function told({ kind, subject, before, after, until, cause }: QueuePace['changes'][number]): string {
  const lifted = until ? ` until ${localTime(until)}` : '';
  const what = {
    lanes: `lanes ${before} to ${after}`,
    rate: `rate ${before === null ? 'unlimited' : round(before)} to ${after === null ? 'unlimited' : round(after)} a minute`,
    rest: 'rest',
    answers: 'it answers again',
    sender: `mail of ${subject} rests`,
    source: `source ${subject} rests`,
  }[kind];
  return `${what}${lifted}${because(cause)}`;
}

function because(cause: PaceCause | null): string {
  if (!cause) return '';
  const { host, rule } = cause;
  const { from, code, enhanced, text } = cause.reply;
  const words = text.slice(0, 120);
  // No host spoke, so its code is ours and says nothing.
  if (from === 'local') return `, because of what we saw${host ? ` at ${host}` : ''}: ${words} (${rule})`;
  return `, because ${host ?? 'it'} said ${[code, enhanced, words].filter(Boolean).join(' ')} (${rule})`;
}

function round(perMinute: number): string {
  return String(Math.round(perMinute * 10) / 10);
}

export interface LimitOptions {
  readonly lanes?: string;
  readonly leastLanes?: string;
  readonly rate?: string;
  readonly leastRate?: string;
  readonly reset?: true;
  readonly reason?: string;
}

export function limitOptions(command: Command): Command {
  return command
    .option('--lanes <n>', 'the most lanes: connections to it, from all delivery processes together')
    .option('--least-lanes <n>', 'the fewest, however often it refuses')
    .option('--rate <n/time>', 'the most messages: 60/minute, 1000/hour, 10/second')
    .option('--least-rate <n/time>', 'the fewest, however often it refuses')
    .option('--reset', 'as for everyone again, but for what is given here')
    .option(...REASON);
}

/** Sets floors and ceilings of a queue's pace. */
export async function limit(context: Context, { id, name }: QueueDetail, options: LimitOptions): Promise<Shown> {
  const { reset, reason } = options;
  const nothing = reset ? null : undefined;
  const limits: QueueLimits = {
    mostLanes: options.lanes === undefined ? nothing : whole(options.lanes, '--lanes'),
    leastLanes: options.leastLanes === undefined ? nothing : whole(options.leastLanes, '--least-lanes'),
    mostPerMinute: options.rate === undefined ? nothing : perMinute(options.rate),
    leastPerMinute: options.leastRate === undefined ? nothing : perMinute(options.leastRate),
  };
  const given = Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) throw new CommandFailed('give --lanes, --rate, or another limit', EXIT.usage);
  const body = { ...given, ...(reason === undefined ? {} : { reason }) };
  const pace = answer(await verbs.limitQueue(context, { params: { id }, body }));
  const rate = pace.rate.most === null ? 'any rate' : `at most ${round(pace.rate.most)} a minute`;
  return { json: pace, text: `${name}: ${pace.lanes.least} to ${pace.lanes.most} lanes, ${rate}.\n` };
}

const UNITS: Readonly<Record<string, number>> = { second: 60, minute: 1, hour: 1 / 60, day: 1 / 1_440 };

function perMinute(text: string): number {
  const [, count = '', unit = 'minute'] = /^([0-9]+(?:\.[0-9]+)?)(?:\/(second|minute|hour|day))?$/.exec(text) ?? [];
  if (count === '') throw new CommandFailed(`${text} is no rate: 60/minute, 1000/hour, 10/second`, EXIT.usage);
  return Number(count) * (UNITS[unit] ?? 1);
}
