import { runChild } from '../child.ts';

export interface SmtpSourceOptions {
  readonly address: string;
  readonly port: number;
  readonly messages: number;
  readonly sessions?: number;
  /** Octets of content. */
  readonly length?: number;
  readonly reversePath?: string;
  readonly forwardPath?: string;
  /** Sends all messages of a session over one connection. */
  readonly reuseConnections?: true;
  /** Further options of smtp-source(1). */
  readonly options?: readonly string[];
}

/** Runs Postfix's smtp-source to its end; rejects with its words when the server refused anything. */
export async function smtpSource(options: SmtpSourceOptions): Promise<{ readonly durationMs: number }> {
  const start = performance.now();
  await runChild({
    tool: 'smtp-source',
    parameters: [
      '-s',
      String(options.sessions ?? 1),
      '-m',
      String(options.messages),
      '-l',
      String(options.length ?? 1_024),
      '-f',
      options.reversePath ?? 'sender@lab.example',
      '-t',
      options.forwardPath ?? 'recipient@lab.example',
      ...(options.reuseConnections ? ['-d'] : []),
      ...(options.options ?? []),
      `${options.address.includes(':') ? `[${options.address}]` : options.address}:${options.port}`,
    ],
  });
  return { durationMs: performance.now() - start };
}
