import type { PolicyExplanation } from '@postern/administration';

/** An explanation for people. */
export function explained(explanation: PolicyExplanation): string {
  const { domain, verdict, summary, route, dnssec, mailHosts, mtaSts, local, hosts } = explanation;
  return [
    `${domain}: ${verdict}. ${summary}.`,
    '',
    ...(route === null ? [] : [`  route      ${route}`]),
    `  DNSSEC     ${dnssec.believed ? dnssec.because : `off, and so is DANE: ${dnssec.because}`}`,
    `  mail hosts ${mailHosts.authentic ? 'authentic' : 'not authentic'}: ${mailHosts.because}`,
    `  MTA-STS    ${stsWords(mtaSts)}`,
    `  local      ${noRule(local) ? 'no rule' : local.because}`,
    ...hosts.flatMap(hostWords),
    '',
  ].join('\n');
}

function noRule({ channel, minVersion, ciphers, expired }: PolicyExplanation['local']): boolean {
  return channel === 'none' && minVersion === null && ciphers.length === 0 && !expired;
}

function stsWords({ mode, id, mx, expiresAt, because }: PolicyExplanation['mtaSts']): string {
  if (mode === null) return `none: ${because ?? ''}`;
  return `${mode}, id ${id ?? ''}, until ${expiresAt ?? ''}, mx ${mx.join(' ')}${because === null ? '' : ` (${because})`}`;
}

function hostWords({
  host,
  addresses,
  dane,
  namedByMtaSts,
  mustProve,
  proved,
}: PolicyExplanation['hosts'][number]): readonly string[] {
  const certificate = proved?.certificate;
  return [
    '',
    `  ${host} (${addresses.join(', ') || 'no address'})`,
    `    DANE       ${dane.kind}: ${dane.because}`,
    ...dane.records.map((record) => `               TLSA ${record}`),
    ...(namedByMtaSts === null ? [] : [`    MTA-STS    ${namedByMtaSts ? 'names it' : 'does not name it'}`]),
    `    must prove ${mustProve.because}`,
    `    proves     ${proved ? `${proved.verdict}: ${proved.because}${proved.resultType === null ? '' : ` [${proved.resultType}]`}` : 'not spoken with'}`,
    ...(proved?.tls ? [`    TLS        ${proved.tls.protocol} ${proved.tls.cipher}`] : []),
    ...(certificate
      ? [
          `    certificate ${certificate.subject}, issued by ${certificate.issuer}`,
          `               names ${certificate.names.join(' ')}; ${certificate.validFrom} to ${certificate.validTo}`,
          `               sha256 ${certificate.fingerprintSha256}`,
        ]
      : []),
  ];
}
