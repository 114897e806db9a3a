/** Whether a text can be a selector: one or more DNS labels (RFC 6376 §3.1), in lower case as we write them. */
export function isSelector(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(text);
}
