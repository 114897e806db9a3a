import { fieldNamed, formatField, type HeaderSection, rawField, withoutFields } from '@postern/message';
import type { Mailbox } from '@postern/smtp';

const REPLACED = new Set(['from', 'sender', 'x-original-from']);

/**
 * A header section that is from another mailbox: for devices that send as nobody, or as something that cannot be told
 * otherwise. What From said stays readable under another name (RFC 6409 §8 leaves such repairs to the site).
 */
export function withFrom(section: HeaderSection, mailbox: Mailbox): Buffer {
  const before = fieldNamed(section, 'from');
  const said = before ? [Buffer.from('X-Original-'), rawField(section, before)] : [];
  const kept = withoutFields(section, ({ key }) => REPLACED.has(key));
  return Buffer.concat([Buffer.from(formatField('From', `<${mailbox.text}>`)), ...said, kept]);
}
