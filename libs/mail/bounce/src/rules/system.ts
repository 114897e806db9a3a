import type { Rule } from '../rule.ts';
import { phrases } from './phrases.ts';

/** Policies, misunderstandings, and faults of their systems and of the network between us. */
export const SYSTEM_RULES: readonly Rule[] = [
  {
    id: 'tls-words',
    class: 'tls',
    texts: phrases(`
      starttls, support tls, tls required, tls is required, require tls, requires tls, must use tls, tls negotiation,
      tls handshake, encryption required, encryption needed, encrypted connection, secure connection, certificate,
      tls not, tls`),
    without: ['authentication required'],
  },
  { id: 'tls-code', class: 'tls', enhanced: ['7.4', '7.10', '7.11'] },
  {
    id: 'loop',
    class: 'network',
    texts: phrases(`
      too many hops, hop count, mail loop, mail loops, routing loop, loop detected, loops back, forwarding loop,
      maximum hop, hops exceeded, too many received`),
  },
  { id: 'loop-code', class: 'network', enhanced: ['4.6'] },
  {
    id: 'expired-words',
    class: 'expired',
    texts: phrases(`
      delivery time expired, message expired, delivery expired, retry time, retry timeout, message timed out,
      queue too long, undelivered for, delivery timed out, been in the queue, message has expired, expired`),
    without: ['account', 'certificate'],
  },
  { id: 'expired-code', class: 'expired', enhanced: ['4.7'] },
  {
    id: 'policy-words',
    class: 'policy',
    texts: phrases(`
      policy, policies, violat*, prohibited, denied by, not allowed, disallowed, forbidden,
      administrative prohibition, administratively, security, local policy, not permitted, not authorized,
      access denied, access is denied, denied, unauthorized, rejected for, restriction*, authentication, rule, rules`),
    without: ['internal error'],
  },
  {
    id: 'protocol-words',
    class: 'protocol',
    texts: phrases(`
      syntax error, command not recognized, command unrecognized, unrecognized command, unknown command,
      command not implemented, command parameter, parameter not implemented, not implemented, bad sequence,
      bad command, unsupported command, invalid command, need rcpt, need mail, out of sequence, unexpected command,
      parameters, invalid parameter`),
  },
  { id: 'protocol-command', class: 'protocol', codes: ['500', '501', '502', '503', '504', '555'] },
  {
    id: 'network-words',
    class: 'network',
    texts: phrases(`
      connection refused, connection timed out, connection reset, connection lost, no route to host,
      network unreachable, network is unreachable, host unreachable, timeout, timed out, lost connection,
      connection closed, cannot connect, could not connect, unable to connect, network error, host is down,
      read error, broken pipe, no answer, unreachable`),
  },
  {
    id: 'system-words',
    class: 'remote_system',
    texts: phrases(`
      mailer error, internal error, internal server error, system error, server error, server configuration,
      configuration error, misconfigur*, configuration, resources, system storage, disk full, disk space,
      no space left on device, out of memory, local error, queue file, service unavailable, service not available,
      service is unavailable, temporarily unavailable, temporary failure, temporary error, temporary, temporarily,
      try again, try later, could not load, lookup failure, lookup error, database, backend, overload*, overloaded,
      load, maintenance, unable to process, processing error, local delivery, program, exit status, storage engine,
      maildir, i o error, panic, exception, server busy, busy, shutting down, unexpected, failure`),
  },
];
