/**
 * Decodes base64 (RFC 4648 §4, as RFC 4954 §4 asks); undefined when a character, the padding or the unused bits are not
 * as they must be, so that one value has one form.
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const octets = Buffer.from(text, 'base64');
  return octets.toString('base64') === text ? octets : undefined;
}
