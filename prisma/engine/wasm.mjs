import { readFile } from 'node:fs/promises';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { log } from './log.mjs';

/**
 * Prisma's schema engine as a WebAssembly module, instantiated by hand: only new Nodes import `.wasm` themselves.
 */
export async function loadSchemaEngine() {
  const beside = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const code = await readFile(new URL('schema_engine_bg.wasm', beside));
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

let panic;
// The module tells the text of a panic to this global before it traps.
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (text) => (panic = text) };

// The exit code by which the CLI knows a panic.
const PANICKED = 101;

/**
 * Ends the process as the native engine does at a panic.
 *
 * A module that trapped may not be called again, and one that refuses its arguments throws outside the promise that
 * the caller waits for: nobody would ever answer.
 *
 * @param {() => Promise<unknown>} leave what must be done before
 */
export function endAtPanics(leave) {
  process.once('uncaughtException', (error) => {
    log('ERROR', panic ?? error.message, { is_panic: true, backtrace: error.stack });
    leave().finally(() => process.exit(PANICKED));
  });
}
