import { certificateAuthority } from '@postern/lab';
import { SCRAM_ITERATIONS, scramVerifier, type Credentials } from '@postern/sasl';
import { replies } from '@postern/smtp';
import { ACCEPTED, refused, type AbortReason, type SubmissionPolicy, type Transaction } from '@postern/smtp-server';
import type { ListenerEvent, ListenOptions, SmtpListener } from '../listen-options.ts';
import { listenSmtp } from '../listen.ts';
import { serverSecureContext } from '../secure-context.ts';

export interface Taken {
  readonly transaction: Transaction;
  readonly content: Buffer;
}

/** A listener on loopback that accepts everything, and what came in by it. */
export interface Listening {
  readonly listener: SmtpListener;
  readonly port: number;
  readonly messages: Taken[];
  readonly aborts: AbortReason[];
  readonly logged: { facts: Readonly<Record<string, unknown>>; event: string }[];
  readonly observed: ListenerEvent[];
}

const authority = certificateAuthority();
const contexts = authority.then(async (root) => {
  const { chain, key } = await root.issue(['gw.example']);
  return serverSecureContext({ cert: chain, key });
});

/** Listens on a free port of loopback, by default as a relay with STARTTLS. */
export async function listening(
  own: Partial<Omit<ListenOptions, 'policy'>> & { policy?: Partial<SubmissionPolicy> } = {},
): Promise<Listening> {
  const messages: Taken[] = [];
  const aborts: AbortReason[] = [];
  const logged: Listening['logged'] = [];
  const observed: ListenerEvent[] = [];
  const write = (facts: Readonly<Record<string, unknown>>, event: string): void => void logged.push({ facts, event });
  const context = await contexts;
  const policy: SubmissionPolicy = {
    connected: () => ACCEPTED,
    authenticate: (credentials) =>
      isRight(credentials)
        ? { kind: 'accepted', as: { name: credentials.name ?? 'whoever' } }
        : refused(replies.authenticationRefused),
    verifiers: () => ({ ...SALTED, verifiers: verifier ? [verifier] : [] }),
    mail: () => ACCEPTED,
    rcpt: () => ACCEPTED,
    content: (transaction) => {
      const chunks: Buffer[] = [];
      return {
        kind: 'accepted',
        sink: {
          write: (chunk) => void chunks.push(chunk),
          end: () => {
            messages.push({ transaction, content: Buffer.concat(chunks) });
            return Promise.resolve(replies.accepted(String(messages.length)));
          },
          abort: (reason) => void aborts.push(reason),
        },
      };
    },
    closed: () => undefined,
  };
  const listener = await listenSmtp({
    kind: 'relay',
    host: '127.0.0.1',
    port: 0,
    tls: { secureContext: () => context },
    hostname: 'gw.example',
    log: { debug: write, info: write, warn: write, error: write },
    observe: (event) => void observed.push(event),
    ...own,
    policy: { ...policy, ...own.policy },
  });
  return { listener, port: listener.address.port, messages, aborts, logged, observed };
}

const SALTED = { salt: Buffer.from('a salt of tests'), iterations: SCRAM_ITERATIONS };
const verifier = scramVerifier('secret', SALTED);

/** The secret of everybody is `secret`, and whoever shows a certificate is let in. */
function isRight(credentials: Credentials): boolean {
  if ('secret' in credentials) return credentials.secret === 'secret';
  return 'proved' in credentials ? credentials.proved !== undefined : credentials.mechanism === 'EXTERNAL';
}
