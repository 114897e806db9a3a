import type { StsPolicy } from './sts-policy.ts';

/**
 * Whether an MTA-STS policy names a mail host.
 *
 * A wildcard stands for exactly one label: `*.example.com` names `mx.example.com`,
 * and neither `example.com` nor `a.mx.example.com` (RFC 8461 §4.1).
 */
export function namesHost(policy: Pick<StsPolicy, 'mx'>, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  const rest = name.includes('.') ? name.slice(name.indexOf('.')) : undefined;
  return policy.mx.some((pattern) =>
    pattern.startsWith('*.') ? rest !== undefined && rest === pattern.slice(1) && rest !== name : pattern === name,
  );
}
