import { type Cause, judgeReply, type PaceStore, providerNamed, type ToldEvent } from '@postern/pace';
import type { RecordedReply } from '@postern/queue';
import type { NoSession } from './no-session.ts';

/** The provider of a site, by the queue's name. */
export function providerOf(queueName: string): string | undefined {
  return providerNamed(queueName)?.name;
}

/** What a reply that was not yes makes of a site's pace; undefined for nearly all. */
export function heedReply(
  reply: RecordedReply,
  about: {
    readonly queueName: string;
    readonly host: string | undefined;
    readonly reversePath: string;
    readonly source: string | undefined;
  },
): Heard | undefined {
  if (reply.from !== 'remote') return undefined;
  const judged = judgeReply({ ...reply, provider: providerOf(about.queueName) });
  if (!judged) return undefined;
  const cause = causeOf(judged.rule, about.host, reply);
  switch (judged.action.do) {
    case 'fewer lanes':
      return { event: { kind: 'fewer lanes', cause } };
    case 'slower':
      return { event: { kind: 'slower', cause } };
    case 'rest':
      return { event: { kind: 'rest', cause, forMs: judged.action.forMs } };
    case 'rest sender': {
      const { forMs } = judged.action;
      const subject = about.reversePath.toLowerCase();
      // A null reverse-path is nobody's: notifications are not to rest for what one sender did.
      return subject === '' ? undefined : { aside: { kind: 'sender', subject, forMs, cause } };
    }
    case 'other source': {
      const { forMs } = judged.action;
      if (about.source === undefined)
        return { event: { kind: 'rest', cause, forMs: Math.min(forMs, LONGEST_REST_MS) } };
      return { aside: { kind: 'source', subject: about.source, forMs, cause } };
    }
    case 'bounce':
      return undefined;
  }
}

/** What was heard: something about the site, or about the mail of one sender or from one source there. */
export type Heard =
  | { readonly event: ToldEvent; readonly aside?: undefined }
  | { readonly aside: Parameters<PaceStore['setAside']>[1]; readonly event?: undefined };

/** Where there is no other source, the site rests a while instead. */
const LONGEST_REST_MS = 15 * 60_000;

/** Faults before which no host has spoken of the mail: a site whose hosts do this is left alone for a while. */
const DOOR: ReadonlySet<NoSession['stage']> = new Set(['connect', 'greeting', 'ehlo', 'auth']);

/**
 * What it makes of a site's pace that there is no session with any of its hosts. A domain without hosts, and a channel
 * that does not prove what it must, are matters of the domain and say nothing about the site.
 */
export function heedNoSession(
  { stage, host, reply, heard }: NoSession,
  about: { readonly queueName: string },
): ToldEvent | undefined {
  if (!DOOR.has(stage) || host === undefined) return undefined;
  // What this machine lacks says nothing about the site.
  if (reply.from === 'local' && reply.enhanced === '4.3.0') return undefined;
  const said = heard ?? reply;
  const judged = said.from === 'remote' ? judgeReply({ ...said, provider: providerOf(about.queueName) }) : undefined;
  const cause = causeOf(judged?.rule ?? 'no-answer', host, said);
  if (judged?.action.do === 'rest') return { kind: 'rest', cause, forMs: judged.action.forMs };
  if (judged?.action.do === 'slower') return { kind: 'slower', cause };
  if (judged?.action.do === 'fewer lanes') return { kind: 'fewer lanes', cause };
  return { kind: 'no answer', cause };
}

function causeOf(rule: string, host: string | undefined, reply: RecordedReply): Cause {
  const { from, code, enhanced, text } = reply;
  return { atMs: 0, rule, host, reply: { from, code, enhanced, text: text.slice(0, 500) } };
}
