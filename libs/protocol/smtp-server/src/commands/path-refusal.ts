import { replies, reply, type PathFault, type Reply } from '@postern/smtp';

/** What a client hears of a path that is none. */
export function pathRefusal(fault: PathFault, malformed: Reply): Reply {
  switch (fault) {
    case 'syntax':
      return malformed;
    case 'needs-smtputf8':
      return replies.needsSmtpUtf8;
    // RFC 5321 §4.5.3.1.10: 501, and which limit it was.
    case 'local-part-too-long':
      return tooLong(malformed, 'Local-part too long: at most 64 octets');
    case 'domain-too-long':
      return tooLong(malformed, 'Domain too long: at most 255 octets');
    case 'path-too-long':
      return tooLong(malformed, 'Path too long: at most 256 octets');
  }
}

/** Whether a text can be said without SMTPUTF8. */
export function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII
  return !/[^\0-\x7f]/.test(text);
}

function tooLong(malformed: Reply, says: string): Reply {
  return reply(501, malformed.enhanced ?? '5.5.4', says);
}
