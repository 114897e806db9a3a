import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, temporaryDirectory, waitFor } from '@postern/lab';
import { createTransport } from 'nodemailer';

/** A Postfix of the test's own that hands everything to the gateway, as the servers of an organisation do. */
export interface SubmittingPostfix extends AsyncDisposable {
  /** Gives it one message. */
  send(message: { readonly from: string; readonly to: string; readonly subject: string }): Promise<void>;
  /** What it logged. */
  log(): string;
}

export interface SubmittingPostfixOptions {
  /** The gateway's port on loopback. */
  readonly port: number;
  /** Without, it does not authenticate. */
  readonly user?: string;
  readonly password?: string;
  readonly tls: 'starttls' | 'implicit' | 'none';
}

/** Starts it; the system's own instance is not touched. */
export async function submittingPostfix(options: SubmittingPostfixOptions): Promise<SubmittingPostfix> {
  const folder = await temporaryDirectory('postfix');
  const path = (name: string): string => join(folder.path, name);
  execFileSync('chmod', ['755', folder.path]);
  for (const name of ['etc', 'queue', 'data']) mkdirSync(path(name));
  execFileSync('chown', ['postfix', path('data')]);
  const port = await freePort();
  const { user = '', password = '' } = options;
  writeFileSync(path('etc/passwords'), `[127.0.0.1]:${options.port} ${user}:${password}\n`);
  writeFileSync(path('etc/main.cf'), settings(path, options));
  writeFileSync(path('etc/master.cf'), SERVICES.map((line) => line.replace('PORT', String(port))).join('\n') + '\n');
  execFileSync('/usr/sbin/postfix', ['-c', path('etc'), 'check'], { stdio: 'ignore' });
  const child = spawn(join(setting('daemon_directory'), 'master'), ['-c', path('etc'), '-s'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const log = (): string => readFileSync(path('queue/log'), 'utf8');
  await waitFor(async () => transport.verify().catch(() => false), { what: 'Postfix', timeoutMs: 30_000 });
  return {
    send: async (message) => void (await transport.sendMail({ ...message, text: 'Hello' })),
    log,
    async [Symbol.asyncDispose]() {
      transport.close();
      child.kill('SIGTERM');
      await ended;
      await folder.remove();
    },
  };
}

function setting(name: string): string {
  return execFileSync('/usr/sbin/postconf', ['-d', '-h', name], { encoding: 'utf8' }).trim();
}

function settings(path: (name: string) => string, { port, user, tls }: SubmittingPostfixOptions): string {
  return Object.entries({
    compatibility_level: '3.6',
    config_directory: path('etc'),
    queue_directory: path('queue'),
    data_directory: path('data'),
    maillog_file_prefixes: path('queue'),
    maillog_file: path('queue/log'),
    myhostname: 'postfix.lab.example',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtpd_peername_lookup: 'no',
    smtp_dns_support_level: 'disabled',
    relayhost: `[127.0.0.1]:${port}`,
    smtp_tls_security_level: tls === 'none' ? 'may' : 'encrypt',
    smtp_tls_wrappermode: tls === 'implicit' ? 'yes' : 'no',
    smtp_sasl_auth_enable: user === undefined ? 'no' : 'yes',
    smtp_sasl_password_maps: `texthash:${path('etc/passwords')}`,
    smtp_sasl_security_options: 'noanonymous',
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

const SERVICES = [
  '127.0.0.1:PORT inet n - n - - smtpd',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'postlog unix-dgram n - n - 1 postlogd',
];
