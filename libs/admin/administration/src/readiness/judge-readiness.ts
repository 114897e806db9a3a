import { domainCheck, type MailRoute, type Readiness, type Suspension } from '@postern/admin-contract';
import { type CheckLine, type CheckWorld, type KnownSendingDomain, worst } from '@postern/sending-domain';
import type { Machine } from '../ports/machine.ts';
import {
  about,
  certificateLine,
  databaseLines,
  diskLine,
  dnssecLine,
  listenerLines,
  redisLine,
} from './machine-lines.ts';
import { outboundLines, smarthostLines, sourceLines } from './outbound-lines.ts';
import { ownMailLines } from './own-mail-line.ts';

export interface ReadinessQuestion extends Pick<CheckWorld, 'resolver' | 'sources'> {
  readonly machine: Machine;
  readonly now: Date;
  /** Undefined when the store does not answer. */
  readonly domains: readonly KnownSendingDomain[] | undefined;
  /** Routes to smarthosts, in the order in which they are asked. */
  readonly routes: readonly MailRoute[];
  /** What was suspended; undefined when the store does not answer. */
  readonly suspensions?: readonly Suspension[] | undefined;
  /** A domain to try the port of mail with, instead of the sending domains. */
  readonly to: string | undefined;
}

/** Whether a mail would go out well from here, now. It needs no database to say that there is none. */
export async function judgeReadiness(question: ReadinessQuestion): Promise<Readiness> {
  const { machine, sources, now, domains = [], routes, to, resolver } = question;
  const world = { resolver, machine };
  const hosts = to === undefined ? domains.map(({ name }) => name) : [to];
  const lines = (
    await Promise.all([
      Promise.all([machine.database(), machine.keepsTime()]).then(([database, kept]) =>
        databaseLines(database, now, kept),
      ),
      machine.redis().then((redis) => [redisLine(redis)]),
      machine.listeners().then(listenerLines),
      machine.certificate().then((certificate) => [certificateLine(certificate, sources.hostname, now)]),
      smarthostLines(to === undefined ? routes : [], world).then((lines) => lines ?? outboundLines(hosts, world)),
      machine.dnssec().then((dnssec) => [dnssecLine(dnssec)]),
      sourceLines(question),
      machine.disk().then((disk) => [diskLine(disk)]),
    ])
  ).flat();
  const own = ownMailLines(domains, sources.hostname);
  const all = [
    ...stopLines(question.suspensions),
    ...lines,
    ...domainLines(question.domains),
    ...own,
    about('version', 'Version')('info', machine.version),
  ];
  return { status: worst(all), checkedAt: now.toISOString(), version: machine.version, lines: all };
}

/** That everything is suspended: by an operator, or because the database was restored. */
function stopLines(suspensions: ReadinessQuestion['suspensions']): readonly CheckLine[] {
  if (!suspensions) return [];
  const line = about('stop', 'Suspensions');
  const stop = suspensions.find(({ scope }) => scope === 'all');
  if (stop) {
    const found = `All mail is suspended by ${stop.by}${stop.until === null ? '' : ` until ${stop.until}`}: ${stop.reason ?? 'no reason given'}`;
    return [line('fail', found, 'Mail is accepted, and nothing leaves', 'postern queue resume --all')];
  }
  if (suspensions.length === 0) return [];
  const found = `${suspensions.length} of queues, credentials, senders or domains`;
  return [line('info', found, 'Their mail is accepted and waits', 'postern queue suspensions')];
}

/** What the last checks of the sending domains came to. */
function domainLines(domains: readonly KnownSendingDomain[] | undefined): readonly CheckLine[] {
  if (!domains) return [];
  const line = about('domains', 'Sending domains');
  if (domains.length === 0)
    return [
      line(
        'warn',
        'There is none',
        'Mail goes out unsigned: large receivers defer or refuse it',
        'postern domain add example.org',
      ),
    ];
  return domains.slice(0, 20).map(({ name, check }) => {
    const one = about(`domain:${name}`, `Sending domain ${name}`);
    const status = statusOf(check);
    const look = `postern domain check ${name}`;
    if (status === undefined)
      return one('warn', 'It was not checked yet', 'Nobody knows what receivers make of its mail', look);
    if (status === 'pass') return one('pass', 'the last check passed');
    const found = failing(check);
    return one(
      'warn',
      found === '' ? `the last check: ${status}` : `the last check: ${found}`,
      'Receivers may defer or refuse its mail',
      `${look} says what to mend`,
    );
  });
}

/** What went wrong in a check, in a few words. */
function failing(check: unknown): string {
  const kept = domainCheck.safeParse(check);
  if (!kept.success) return '';
  const lines = kept.data.lines.filter(({ status }) => status === 'fail');
  return lines
    .map(({ about: what, found }) => `${what}: ${found}`)
    .join('; ')
    .slice(0, 300);
}

function statusOf(check: unknown): string | undefined {
  return typeof check === 'object' && check !== null && 'status' in check ? String(check.status) : undefined;
}
