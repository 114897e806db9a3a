import { unsubscribeKey, unsubscribeUri } from '@postern/credentials';
import { fieldsNamed, formatField, readHeaderSection } from '@postern/message';
import type { SubmissionContext } from './context.ts';
import type { AcceptedHeader } from './judge-header.ts';
import type { Submitter } from './submitter.ts';

const ANY_SIZE = { maxOctets: Infinity, maxFields: Infinity } as const;

/**
 * The fields above a content with the unsubscribe fields that a credential's messages are given where they have none (RFC 2369
 * §3.2, RFC 8058 §3.1): none when the credential asks for none, or when the message goes to several recipients, who would
 * unsubscribe one another.
 */
export function withUnsubscribe(
  trace: Buffer,
  message: {
    readonly submitter: Submitter;
    readonly header: Pick<AcceptedHeader, 'octets'>;
    readonly recipients: readonly { readonly text: string }[];
    readonly signed: boolean;
  },
  { unsubscribeKey: installationKey }: Pick<SubmissionContext, 'unsubscribeKey'>,
): Buffer {
  const { submitter, header, recipients, signed } = message;
  const [only, ...others] = recipients;
  if (submitter.kind !== 'credential' || only === undefined || others.length > 0) return trace;
  const { id, unsubscribe: template } = submitter.credential;
  if (template === undefined || saysItself(header.octets)) return trace;
  const uri = unsubscribeUri(template, { key: unsubscribeKey(installationKey, id), recipient: only.text });
  if (uri === undefined) return trace;
  // RFC 8058 §4: one click counts only under a signature that covers both fields, and only for HTTPS.
  const oneClick = signed && uri.startsWith('https:');
  const post = oneClick ? formatField('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click') : '';
  return Buffer.concat([trace, Buffer.from(formatField('List-Unsubscribe', `<${uri}>`) + post, 'latin1')]);
}

function saysItself(header: Buffer): boolean {
  const reading = readHeaderSection(header, ANY_SIZE);
  if (reading.kind === 'malformed') return true;
  return ['list-unsubscribe', 'list-unsubscribe-post'].some((key) => fieldsNamed(reading.section, key).length > 0);
}
