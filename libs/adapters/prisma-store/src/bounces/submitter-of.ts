/** In the place of a submitter's id: mail of ours, or of one who is gone. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** To whom the outcomes of a message count, as SQL: the credential, or else the listed network, that it came from. */
export function submitterOf(message: string): string {
  return `coalesce(${message}.credential_id, ${message}.network_id, '${NOBODY}')`;
}
