import { bareReply, reply, type Reply } from './reply.ts';

/**
 * The replies that we give, each under a name; look for a code to find where it comes from (RFC 5321 §4.2.3, RFC 3463, RFC 4954 §6).
 */

export const helpText = reply(
  214,
  '2.0.0',
  'RFC 5321. This is an outbound mail gateway; ask its operator for a credential',
);
export const serviceReady = (hostname: string): Reply => bareReply(220, `${hostname} ESMTP Postern`);
export const readyToStartTls = reply(220, '2.0.0', 'Ready to start TLS');
export const bye = reply(221, '2.0.0', 'Bye');
export const authenticated = reply(235, '2.7.0', 'Authentication succeeded');
export const ok = reply(250, '2.0.0', 'OK');
export const reversePathOk = reply(250, '2.1.0', 'Sender OK');
export const forwardPathOk = reply(250, '2.1.5', 'Recipient OK');
export const accepted = (id: string): Reply => reply(250, '2.0.0', `OK: accepted as ${id}`);
export const cannotVerify = reply(252, '2.1.5', 'Cannot VRFY; send mail and see');
export const challenge = (base64: string): Reply => bareReply(334, base64);
export const startMailInput = bareReply(354, 'Start mail input; end with <CRLF>.<CRLF>');

export const shuttingDown = reply(421, '4.3.2', 'Service closing for now; come back later');
export const timedOut = reply(421, '4.4.2', 'Waited too long; closing the connection');
export const lineWithoutEnd = reply(421, '4.5.2', 'Line without end; closing the connection');
export const contentWithoutEnd = reply(421, '4.7.0', 'Message goes on far beyond the limit; closing the connection');
export const tooManyConnections = reply(421, '4.7.0', 'Too many connections; come back later');
export const tooManyErrors = reply(421, '4.7.0', 'Too many errors; closing the connection');
export const tooManyEmptyCommands = reply(421, '4.7.0', 'Too many commands without mail; closing the connection');
export const tooManyAuthFailures = reply(
  421,
  '4.7.0',
  'Too many failed attempts to authenticate; closing the connection',
);
export const sessionEnded = reply(421, '4.7.0', 'Your permission to submit was withdrawn; closing the connection');
export const internalFault = reply(421, '4.3.0', 'A fault of ours; closing the connection, come back later');
export const localFault = reply(451, '4.3.0', 'A fault of ours; come back later');
export const storageUnavailable = reply(452, '4.3.1', 'Cannot store mail at the moment; come back later');
export const tooManyRecipients = reply(
  452,
  '4.5.3',
  'Too many recipients for one transaction; send the others in another',
);
export const cannotAuthenticateNow = reply(454, '4.7.0', 'Cannot check authentication at the moment; come back later');

export const unknownCommand = reply(500, '5.5.1', 'Unknown command');
export const malformedLine = reply(500, '5.5.2', 'Malformed line: commands are printable text that ends with CRLF');
export const lineTooLong = reply(500, '5.5.2', 'Line too long');
export const authLineTooLong = reply(500, '5.5.6', 'Authentication line too long');
export const malformedBase64 = reply(501, '5.5.2', 'Malformed base64');
export const malformedAuthentication = reply(501, '5.5.2', 'Malformed authentication response');
export const authCancelled = reply(501, '5.7.0', 'Authentication cancelled');
export const malformedArgument = (says: string): Reply => reply(501, '5.5.4', says);
export const malformedReversePath = reply(501, '5.1.7', 'Malformed reverse-path; expected <local-part@domain> or <>');
export const malformedForwardPath = reply(501, '5.1.3', 'Malformed forward-path; expected <local-part@domain>');
export const notImplemented = reply(502, '5.5.1', 'Command not implemented');
export const badSequence = (says: string): Reply => reply(503, '5.5.1', says);
export const unknownMechanism = reply(504, '5.5.4', 'Unrecognised authentication mechanism');
export const authenticationRequired = reply(530, '5.7.0', 'Authentication required');
export const tlsRequired = reply(530, '5.7.0', 'Must issue a STARTTLS command first');
export const authenticationRefused = reply(535, '5.7.8', 'Authentication credentials invalid');
export const encryptionRequiredForAuth = reply(
  538,
  '5.7.11',
  'Encryption required for authentication; issue STARTTLS first',
);
export const notPermitted = reply(550, '5.7.1', 'Not permitted');
export const tooBig = (maxOctets: number): Reply =>
  reply(552, '5.3.4', `Message exceeds the limit of ${maxOctets} octets`);
export const needsSmtpUtf8 = reply(553, '5.6.7', 'A path with characters beyond ASCII needs SMTPUTF8');
export const noValidRecipients = reply(554, '5.5.1', 'No valid recipients');
export const talkedTooEarly = reply(554, '5.5.0', 'Wait for the greeting before talking');
export const notSmtp = reply(554, '5.5.1', 'This is SMTP; closing the connection');
export const pipelinedStartTls = reply(554, '5.5.1', 'Nothing may follow STARTTLS before TLS; closing the connection');
export const strayLineEnd = reply(
  554,
  '5.6.0',
  'Message content has a bare CR, a bare LF or a NUL; lines must end with CRLF (RFC 5321 section 2.3.8)',
);
export const unknownParameter = (keyword: string): Reply => reply(555, '5.5.4', `Parameter not recognised: ${keyword}`);
