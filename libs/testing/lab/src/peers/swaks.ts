import { runChild } from '../child.ts';
import { MissingTool } from '../tool.ts';

export interface SwaksOptions {
  readonly address: string;
  readonly port: number;
  readonly from?: string;
  readonly to?: string;
  readonly tls?: 'none' | 'starttls' | 'implicit';
  readonly user?: string;
  readonly password?: string;
  readonly mechanism?: 'PLAIN' | 'LOGIN' | 'CRAM-MD5';
  /** The message, header section and body, with LF or CRLF line ends. */
  readonly message?: string | Buffer;
  /** Further options of swaks(1). */
  readonly options?: readonly string[];
}

/** Runs swaks once. Its exit code is 0 when the message was taken; `output` is the whole conversation. */
export async function swaks(options: SwaksOptions): Promise<{ readonly code: number; readonly output: string }> {
  const tls = { none: [], starttls: ['--tls'], implicit: ['--tls-on-connect'] }[options.tls ?? 'none'];
  const { user, password } = options;
  const ended = await runChild({
    tool: 'swaks',
    parameters: [
      '--server',
      options.address,
      '--port',
      String(options.port),
      '--timeout',
      '20',
      '--from',
      options.from ?? 'sender@lab.example',
      '--to',
      options.to ?? 'recipient@lab.example',
      '--helo',
      'client.lab.example',
      ...tls,
      ...(user === undefined ? [] : ['--auth', options.mechanism ?? 'PLAIN', '--auth-user', user]),
      ...(password === undefined ? [] : ['--auth-password', password]),
      ...(options.message === undefined ? [] : ['--data', '-']),
      ...(options.options ?? []),
    ],
    ...(options.message === undefined ? {} : { input: options.message }),
    // swaks would read the options of whoever runs the tests.
    environment: { SWAKS_HOME: '/nonexistent', HOME: '/nonexistent' },
    mayFail: true,
  });
  // swaks(1), exit codes: a Perl module that it needs is missing.
  if (ended.code === 10) throw new MissingTool('A Perl module of swaks (Net::SSLeay)', 'libnet-ssleay-perl');
  return { code: typeof ended.code === 'number' ? ended.code : 255, output: ended.output };
}
