#!/usr/bin/env node
// Prisma's schema engine without its native binary: the same arguments, the same JSON-RPC on stdin and stdout, the
// same log lines on stderr; inside, Prisma's own engine compiled to WebAssembly. The Prisma CLI starts this file
// when PRISMA_SCHEMA_ENGINE_BINARY names it. See docs/adr/0006-prisma-engine-without-its-download.md.
import { readArguments } from './arguments.mjs';
import { runDatabaseCommand } from './database-commands.mjs';
import { logWarningsAsLines } from './log.mjs';
import { serveRpc } from './rpc.mjs';
import { createSession } from './session.mjs';
import { endAtPanics } from './wasm.mjs';

logWarningsAsLines();

const { datamodels, datasource, command } = readArguments(process.argv.slice(2));

if (command) {
  process.exitCode = await runDatabaseCommand(command, datasource);
} else {
  const session = createSession({ datamodels, datasource });
  endAtPanics(session.abandon);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => session.abandon().finally(() => process.exit(0)));
  }
  await serveRpc({ input: process.stdin, output: process.stdout, call: session.call });
  await session.close();
}
