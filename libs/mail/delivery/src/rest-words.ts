import type { Cause } from '@postern/pace';

/** Why a site rests, for those who wait for it: what a host said there, or what we saw where none did. */
export function restWords({ host, reply }: Cause): string {
  const { from, code, enhanced, text } = reply;
  if (from === 'local') return host === undefined ? text : `${host} does not take mail: ${text}`;
  return `${host ?? 'its host'} said ${[code, enhanced, text].filter(Boolean).join(' ')}`;
}
