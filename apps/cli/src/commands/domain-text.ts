import type { DkimKey, SendingDomainDetail } from '@postern/admin-contract';
import { counted } from '../output/counted.ts';
import { localTime } from '../output/plain.ts';
import { facts, table, type Column } from '../output/table.ts';
import type { Shown } from './runner.ts';

const KEY_COLUMNS: readonly Column<DkimKey>[] = [
  { title: 'selector', value: ({ selector }) => selector },
  { title: 'algorithm', value: ({ algorithm, bits }) => (algorithm === 'rsa-sha256' ? `RSA ${bits}` : 'Ed25519') },
  { title: 'state', value: ({ state }) => state },
  { title: 'next', value: ({ next }) => next },
];

/** A sending domain with its keys and the records to publish. */
export function domainText(domain: SendingDomainDetail): Shown {
  const text = [
    facts([
      ['Domain', domain.name],
      ['Signs', domain.subDomains ? 'for itself and its sub-domains' : 'for itself'],
      ['Also signs', domain.signedFields.join(' ') || undefined],
      ['Delegated to', domain.delegatedTo ?? undefined],
      ['Rotation', domain.rotateDays === null ? 'when you say so' : `every ${counted(domain.rotateDays, 'day')}`],
      ['Last check', domain.check && `${domain.check.status}, ${localTime(domain.check.checkedAt)}`],
      ['Id', domain.id],
    ]),
    table(KEY_COLUMNS, domain.keys),
    `To be published (postern domain check ${domain.name} says whether it is):\n\n${domain.zoneFile}`,
  ].join('\n');
  return { json: domain, text };
}
