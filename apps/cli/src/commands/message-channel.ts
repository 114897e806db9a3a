import type { Attempt } from '@postern/administration';
import { localTime } from '../output/plain.ts';
import { facts } from '../output/table.ts';

/** What an attempt tells of its channel: which policies there were, which decided, what the host showed; nothing in clear without any. */
export function channelOf({ startedAt, host, tls, policy, channel }: Attempt): readonly string[] {
  if (!channel && !tls) return [];
  const { found, certificate } = channel ?? {};
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['Channel', `${host ?? 'no host'}, at ${localTime(startedAt)}`],
    ['Found: DANE', found?.dane],
    ['Found: MTA-STS', found?.mtaSts],
    ['Found: local rule', found?.local],
    ['Found: sender', found?.sender],
    ['Demanded', channel ? `${channel.demanded} (${channel.applied}), ${policy}` : policy],
    [
      'TLS',
      tls && (tls.protocol === 'none' ? 'none' : `${tls.protocol} ${tls.cipher}${tls.verified ? ', verified' : ''}`),
    ],
    ['Certificate of', certificate?.subject ?? tls?.certificate],
    ['Issued by', certificate?.issuer],
    ['Names', certificate?.names.join(' ')],
    ['Valid', certificate && `${certificate.validFrom} to ${certificate.validTo}`],
    ['SHA-256', certificate?.fingerprintSha256],
    ['Key SHA-256', certificate?.publicKeySha256],
    ['Verdict', verdictOf(channel, tls)],
  ];
  return [facts(lines.flatMap(([name, value]) => (value ? [[name, value] as const] : [])))];
}

function verdictOf(channel: Attempt['channel'], tls: Attempt['tls']): string | null | undefined {
  if (!channel) return tls?.failure;
  const type = channel.resultType === undefined ? '' : ` [${channel.resultType}]`;
  return `${channel.verdict}${type}: ${channel.because}`;
}
