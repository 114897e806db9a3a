import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from '../child.ts';
import { freePort } from '../free-port.ts';
import { portOpen } from './port-open.ts';

export interface SmtpSinkOptions {
  readonly address?: string;
  readonly port?: number;
  /** Keeps every message as a file in this directory, which must be writable for all; it costs most of the speed. */
  readonly dumpDirectory?: string;
  /** Further options of smtp-sink(1), as `-w 1` or `-f RCPT`. */
  readonly options?: readonly string[];
}

export interface SmtpSink extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  /** The messages that were dumped. */
  dumped(): Promise<readonly DumpedMessage[]>;
  close(): Promise<void>;
}

/** A message as smtp-sink wrote it down. */
export interface DumpedMessage {
  readonly reversePath: string;
  readonly forwardPaths: readonly string[];
  /** The content below smtp-sink's own fields, with LF for line ends: smtp-sink changes them. */
  readonly content: Buffer;
}

/** Starts Postfix's smtp-sink: it takes everything, thousands of messages a second. */
export async function smtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const address = options.address ?? '127.0.0.1';
  const port = options.port ?? (await freePort(address));
  const { dumpDirectory } = options;
  const child = startChild({
    tool: 'smtp-sink',
    parameters: [
      // As root smtp-sink refuses to start without a user to become.
      ...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []),
      ...(dumpDirectory === undefined ? [] : ['-d', join(dumpDirectory, 'message.')]),
      ...(options.options ?? []),
      `${address.includes(':') ? `[${address}]` : address}:${port}`,
      '1024',
    ],
  });
  await portOpen(child, { address, port });
  const close = (): Promise<void> => child.stop();
  return {
    address,
    port,
    pid: child.pid,
    async dumped() {
      if (dumpDirectory === undefined) return [];
      const files = (await readdir(dumpDirectory)).filter((each) => each.startsWith('message.')).toSorted();
      return Promise.all(files.map(async (each) => readDump(await readFile(join(dumpDirectory, each)))));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** smtp-sink heads a dump with X-fields and one Received field of its own. */
function readDump(dump: Buffer): DumpedMessage {
  const head = /^(?:X-[A-Za-z-]+:.*\n|Received:.*\n(?:[ \t].*\n)*)*?Received:.*\n(?:[ \t].*\n)*/.exec(
    dump.toString('latin1'),
  );
  const fields = head?.[0] ?? '';
  const paths = (name: string): readonly string[] =>
    [...fields.matchAll(new RegExp(`^${name}: <?(.*?)>?$`, 'gm'))].map((match) => match[1] ?? '');
  return {
    reversePath: paths('X-Mail-Args')[0] ?? '',
    forwardPaths: paths('X-Rcpt-Args'),
    content: dump.subarray(fields.length),
  };
}
