import type { Readiness } from '@postern/admin-contract';
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
import { outboundLines, sourceLines } from './outbound-lines.ts';

export interface ReadinessQuestion extends CheckWorld {
  readonly machine: Machine;
  readonly now: Date;
  /** Undefined when the store does not answer. */
  readonly domains: readonly KnownSendingDomain[] | undefined;
  /** A domain to try the port of mail with, instead of the sending domains. */
  readonly to: string | undefined;
}

/** Whether a mail would go out well from here, now. It needs no database to say that there is none. */
export async function judgeReadiness(question: ReadinessQuestion): Promise<Readiness> {
  const { machine, sources, now, domains = [], to, resolver } = question;
  const lines = (
    await Promise.all([
      machine.database().then((database) => databaseLines(database, now)),
      machine.redis().then((redis) => [redisLine(redis)]),
      machine.listeners().then(listenerLines),
      machine.certificate().then((certificate) => [certificateLine(certificate, sources.hostname, now)]),
      outboundLines(to === undefined ? domains.map(({ name }) => name) : [to], { resolver, machine }),
      machine.dnssec().then((dnssec) => [dnssecLine(dnssec)]),
      sourceLines(question),
      machine.disk().then((disk) => [diskLine(disk)]),
    ])
  ).flat();
  const all = [...lines, ...domainLines(question.domains), about('version', 'Version')('info', machine.version)];
  return { status: worst(all), checkedAt: now.toISOString(), version: machine.version, lines: all };
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
    if (status === undefined) return one('info', 'It was not checked yet', undefined, `postern domain check ${name}`);
    if (status === 'pass') return one('pass', 'the last check passed');
    return one(
      'warn',
      `the last check: ${status}`,
      'Receivers may defer or refuse its mail',
      `postern domain check ${name}`,
    );
  });
}

function statusOf(check: unknown): string | undefined {
  return typeof check === 'object' && check !== null && 'status' in check ? String(check.status) : undefined;
}
