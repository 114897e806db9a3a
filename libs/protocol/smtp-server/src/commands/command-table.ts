import { auth } from './auth.ts';
import type { Command } from './command.ts';
import { data } from './data.ts';
import { ehlo, helo } from './ehlo.ts';
import { help } from './help.ts';
import { mail } from './mail.ts';
import { noop } from './noop.ts';
import { quit } from './quit.ts';
import { rcpt } from './rcpt.ts';
import { rset } from './rset.ts';
import { starttls } from './starttls.ts';
import { http, unknown, unsupported } from './unsupported.ts';
import { vrfy } from './vrfy.ts';

const UNSUPPORTED = ['EXPN', 'ETRN', 'ATRN', 'TURN', 'BDAT', 'BURL', 'SEND', 'SOML', 'SAML', 'XCLIENT', 'XFORWARD'];
const HTTP = ['GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PRI', 'HOST:'];

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['EHLO', ehlo],
  ['HELO', helo],
  ['STARTTLS', starttls],
  ['AUTH', auth],
  ['MAIL', mail],
  ['RCPT', rcpt],
  ['DATA', data],
  ['RSET', rset],
  ['NOOP', noop],
  ['VRFY', vrfy],
  ['HELP', help],
  ['QUIT', quit],
  ...UNSUPPORTED.map((verb) => [verb, unsupported] as const),
  ...HTTP.map((verb) => [verb, http] as const),
]);

/** The command of a verb, in any case (RFC 5321 §2.4). */
export function commandOf(verb: string): Command {
  return COMMANDS.get(verb.toUpperCase()) ?? unknown;
}
