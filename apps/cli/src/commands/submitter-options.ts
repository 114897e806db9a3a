import type { RequestOf, ROUTES, SubmitterLimits } from '@postern/administration';
import { type Command, InvalidArgumentError } from 'commander';
import { localTime } from '../output/plain.ts';
import { gather } from './runner.ts';

type Settings = Pick<
  NonNullable<RequestOf<(typeof ROUTES)['updateNetwork']>['body']>,
  'note' | 'owner' | 'tag' | 'route' | 'limits' | 'guard'
>;

/** What the options of `addSubmitterOptions` give. */
export interface SubmitterOptions {
  readonly rate?: Limits;
  readonly recipientRate?: Limits;
  readonly maxSize?: number | null;
  readonly maxRecipients?: number | null;
  readonly maxSessions?: number | null;
  readonly note?: string;
  readonly owner?: string;
  readonly tag?: string;
  readonly route?: string;
  readonly guard?: 'off' | 'observe' | 'hold';
  readonly guardThreshold?: readonly string[];
}

type Limits = { readonly [Name in keyof SubmitterLimits]?: number | null };

/** Options for the settings that credentials and listed networks have in common. */
export function addSubmitterOptions(command: Command): Command {
  return command
    .option(
      '--rate <number/span>',
      'messages: 1000/hour, 20/minute, 5000/day, none; again for another span',
      rate('messages'),
    )
    .option('--recipient-rate <number/span>', 'recipients, in the same way', rate('recipients'))
    .option('--max-size <octets>', 'largest message: 10M, 500K, a number of octets, or none', size)
    .option('--max-recipients <number>', 'recipients of one message at most, or none', wholeNumber)
    .option('--max-sessions <number>', 'sessions open at the same time at most, or none', wholeNumber)
    .option('--note <text>', "what it is for; '' for none")
    .option('--owner <text>', "who answers for it; '' for none")
    .option('--tag <word>', "a word that routes can choose its mail by; '' for none")
    .option('--route <name>', "the route that all of its mail takes; '' for none")
    .option('--guard <mode>', 'what the abuse guard does about a strong departure: off, observe or hold', guardMode)
    .option(
      '--guard-threshold <name=number>',
      'a threshold of the abuse guard: volumeFactor=5; again for more',
      gather,
    );
}

/** The settings as a request gives them. */
export function settingsOf(options: SubmitterOptions): Settings {
  const { rate: messages, recipientRate, maxSize, maxRecipients, maxSessions, guard, guardThreshold } = options;
  const limits: Limits = {
    ...messages,
    ...recipientRate,
    ...(maxSize === undefined ? {} : { maxMessageOctets: maxSize }),
    ...(maxRecipients === undefined ? {} : { maxRecipients }),
    ...(maxSessions === undefined ? {} : { maxSessions }),
  };
  const texts = (['note', 'owner', 'tag', 'route'] as const).flatMap((name) => {
    const text = options[name];
    return text === undefined ? [] : [[name, text === '' ? null : text] as const];
  });
  const thresholds = guardThreshold && Object.fromEntries(guardThreshold.map(threshold));
  return {
    ...Object.fromEntries(texts),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
    ...(guard || thresholds
      ? { guard: { ...(guard ? { mode: guard } : {}), ...(thresholds ? { thresholds } : {}) } }
      : {}),
  };
}

/** `1000/hour 5000/day`, or nothing. */
export function ratesOf(limits: SubmitterLimits, of: 'messages' | 'recipients'): string {
  const rates = SPANS.flatMap((span) => {
    const limit = limits[`${of}Per${span}`];
    return limit === null ? [] : [`${limit}/${span.toLowerCase()}`];
  });
  return rates.join(' ');
}

/** The lines about settings of `show`. */
export function settingFacts(shown: {
  readonly note: string | null;
  readonly owner: string | null;
  readonly tag: string | null;
  readonly route: string | null;
  readonly limits: SubmitterLimits;
  readonly guard: { readonly mode: string; readonly heldSince: string | null };
}): readonly (readonly [string, string | number | null])[] {
  const { limits, guard } = shown;
  return [
    ['Messages', ratesOf(limits, 'messages') || 'unlimited'],
    ['Recipients', ratesOf(limits, 'recipients') || 'unlimited'],
    ['Largest message', limits.maxMessageOctets ?? 'as the listener says'],
    ['Recipients each', limits.maxRecipients ?? 'as the listener says'],
    ['Sessions', limits.maxSessions ?? 'unlimited'],
    ['Route', shown.route],
    ['Tag', shown.tag],
    [
      'Guard',
      guard.heldSince === null ? guard.mode : `${guard.mode}; holds new mail since ${localTime(guard.heldSince)}`,
    ],
    ['Owner', shown.owner],
    ['Note', shown.note],
  ];
}

const SPANS = ['Minute', 'Hour', 'Day'] as const;

function rate(of: 'messages' | 'recipients') {
  return (text: string, before: Limits | undefined): Limits => {
    if (text === 'none') return { ...before, ...Object.fromEntries(SPANS.map((span) => [`${of}Per${span}`, null])) };
    const [, number, word] = /^([1-9]\d{0,8})\/(\w+)$/.exec(text.trim().toLowerCase()) ?? [];
    const span = SPANS.find((each) => [each, `${each}s`, each.charAt(0)].some((form) => form.toLowerCase() === word));
    if (number === undefined || !span)
      throw new InvalidArgumentError('Expected 20/minute, 1000/hour, 5000/day or none.');
    return { ...before, [`${of}Per${span}`]: Number(number) };
  };
}

function size(text: string): number | null {
  if (text === 'none') return null;
  const [, number, unit = ''] = /^([1-9]\d{0,9})\s*([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Expected 10M, 500K, a number of octets, or none.');
  return Number(number) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

function wholeNumber(text: string): number | null {
  if (text === 'none') return null;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number above 0, or none.');
  return Number(text);
}

function guardMode(text: string): 'off' | 'observe' | 'hold' {
  if (text === 'off' || text === 'observe' || text === 'hold') return text;
  throw new InvalidArgumentError('Expected off, observe or hold.');
}

function threshold(text: string): readonly [string, number] {
  const at = text.indexOf('=');
  return [text.slice(0, Math.max(0, at)), Number(text.slice(at + 1))];
}
